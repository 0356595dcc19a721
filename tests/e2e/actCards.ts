// The cards of what people do beside answering, made by pressing and typing over the sample board: to be looked at in a browser.
import type { CardJson } from '../../bot/cards/kit';
import { buttonsOf } from '../cards/checkCard';
import { filled, house, openForm, sample } from '../teams/house';

const owner = 'P10';
const chair = sample.facts.chairRef ?? '';
const secretary = sample.facts.secretaryRef ?? '';

/** By name. */
export async function actCards(): Promise<Readonly<Record<string, CardJson>>> {
  const it = house();
  const say = async (who: string, text: string): Promise<CardJson> => (await it.say(who, text))[0] ?? {};
  const press = (who: string, card: CardJson, verb: string, typed: Record<string, unknown> = {}): Promise<CardJson> =>
    it.press(who, verb, filled(card, verb, typed));
  /** The button of this title, where several have one verb. */
  const pressed = (who: string, card: CardJson, title: string, typed: Record<string, unknown>): Promise<CardJson> => {
    const button = buttonsOf(card).find((one) => one.title === title);
    return it.press(who, String(button?.verb), { ...button?.data, ...typed });
  };

  const form = await openForm(it, owner, 'action', 'APA1.04');
  const narrative = 'The extract came and is checked.';
  const receipt = await press(owner, form, 'save', { percentComplete: '70', narrative });
  const undone = await press(owner, receipt, 'undo');
  const ask = await press(owner, form, 'date-ask');
  const askWrong = await press(owner, ask, 'date-ask-send', { toOn: '2025-03-15', reason: 'Late' });
  const reason = 'The supplier delivers the extract in March.';
  const asked = await press(owner, ask, 'date-ask-send', { toOn: '2025-03-14', reason });
  const dates = await say(chair, 'date changes');
  const decide = await pressed(chair, dates, 'Decide APA1.04', {});
  const decideWrong = await press(chair, decide, 'date-refuse');
  const decided = await press(chair, decide, 'date-approve');
  const deputy = sample.people.find((one) => one.ref !== owner && one.boardRole === 'owner' && !one.external);
  const deputyChoice = await say(owner, `let ${deputy?.name.split(' ')[0] ?? ''}x answer APA1.04`);
  const delegated = await say(owner, `let ${deputy?.name ?? ''} answer APA1.04 this cycle`);
  const evidence = await say(owner, 'evidence APA1.04');
  const heard = 'Parents say that calls are still not answered.';
  const given = { direction: 'against', kind: 'family-voice', heard };
  const evidenceWarned = await press(owner, evidence, 'evidence-send', { ...given, heard: 'We heard 3 families.' });
  const added = await press(owner, evidence, 'evidence-send', given);
  const history = await say(owner, 'history APA1.04');
  const addAction = await say(secretary, 'add action to APA1: Agree the shared data set');
  const addRisk = await say(secretary, 'add risk: Posts stay empty');
  const handOver = await say(secretary, 'hand over APA1.04 to Sol Abberline from 3 February');
  const handedOver = await pressed(secretary, handOver, 'Hand over', { toRef: 'P17', fromOn: '2025-02-03' });
  const leaves = await say(secretary, 'Freya Langmoor leaves on 31 January');
  const pause = await say(secretary, 'pause all sending until 20 January: between two secretaries');
  const typed = { why: 'Between two secretaries', untilOn: '2025-01-20' };
  const paused = await pressed(secretary, pause, 'Pause all sending', typed);
  const resume = await say(secretary, 'resume');
  return {
    ...{ receipt, undone, ask, askWrong, asked, dates, decide, decideWrong, decided, deputyChoice, delegated },
    ...{ evidence, evidenceWarned, added, history },
    ...{ addAction, addRisk, handOver, handedOver, leaves, pause, paused, resume },
  };
}
