// Adding evidence in chat: from the action's form, or by "evidence APA1.04".
import { z } from 'zod';
import type { Ref } from '../board/model';
import { evidenceCard, evidenceFields, type EvidenceView } from '../cards/evidence';
import type { DateFormState } from '../cards/dateChange';
import type { CardJson } from '../cards/kit';
import { typedIn } from '../cards/manageForm';
import { goneNotice, noticeCard, notYoursNotice } from '../cards/notice';
import { mayAnswer } from '../services/access';
import type { AddEvidence } from '../services/addEvidence';
import { refNamed } from './commands';
import type { ChatDeps, Seat } from './seat';
import { cardReply, messageReply, unreadableCard } from './skills';
import type { PressReply, PressTurn, Skill } from './skills';

const about = z.object({ ref: z.string().min(1).max(60) });
const sent = about.extend({ nonce: z.string().min(8).max(100), confirmed: z.boolean().optional() });

export function createEvidenceSkill(addEvidence: Pick<AddEvidence, 'add'>): Skill {
  return {
    offers: [{ phrase: 'evidence APA1.04', does: 'add what shows whether an action made a difference, or did not' }],
    verbs: ['evidence', 'evidence-send'],
    saving: { 'evidence-send': 'Add evidence' },
    message({ seats, words, deps }) {
      const named = /^(?:add )?evidence (?:to |for |on |about )?(.+)$/u.exec(words)?.[1];
      for (const seat of named === undefined ? [] : seats) {
        const ref = refNamed(
          named ?? '',
          seat.view.snapshot.actions.map((one) => one.ref),
        );
        if (ref === undefined) continue;
        return Promise.resolve([{ card: formFor(deps, seat, ref, {}), summary: `Add evidence to ${ref}` }]);
      }
      return Promise.resolve(undefined);
    },
    press: (turn) => pressFor(addEvidence, turn),
  };
}

async function pressFor(addEvidence: Pick<AddEvidence, 'add'>, turn: PressTurn): Promise<PressReply> {
  const { seat, verb, data, deps } = turn;
  if (verb === 'evidence') {
    const read = about.safeParse(data);
    return read.success ? cardReply(formFor(deps, seat, read.data.ref, {})) : messageReply(unreadableCard);
  }
  const read = sent.safeParse(data);
  if (!read.success) return messageReply(unreadableCard);
  const { ref, nonce, confirmed } = read.data;
  const typed = typedIn(evidenceFields(viewOf(deps, seat, ref)), data);
  if (typed['direction'] !== 'for' && typed['direction'] !== 'against') {
    const issues = [{ field: 'direction', message: 'Please choose what it shows.' }];
    return cardReply(formFor(deps, seat, ref, { issues, typed }));
  }
  const result = await addEvidence.add({
    boardId: seat.boardId,
    actor: { personRef: seat.person.ref, route: 'chat card' },
    nonce,
    given: {
      actionRef: ref,
      kind: typed['kind'] ?? '',
      on: typed['on'] ?? '',
      heard: typed['heard'] ?? '',
      ...some('sourceBody', typed['sourceBody']),
      ...some('did', typed['did']),
      ...some('difference', typed['difference']),
      ...some('link', typed['link']),
      contrary: typed['direction'] === 'against',
    },
    confirmedWarnings: confirmed ?? false,
  });
  switch (result.kind) {
    case 'refused':
      return cardReply(formFor(deps, seat, ref, { issues: result.issues, typed }));
    case 'confirm':
      return cardReply(formFor(deps, seat, ref, { warnings: result.warnings, typed }));
    case 'added':
      return cardReply(
        noticeCard({
          title: 'Evidence added',
          lines: [
            result.contrary
              ? 'It speaks against the action, so the log lists it until somebody resolves it.'
              : 'It counts for the effect of the action and goes into the next log.',
            `Add more: type "evidence ${ref}".`,
          ],
          receipt: `${result.ref} for ${ref}.`,
          boardId: seat.boardId,
        }).card,
      );
  }
}

function some<K extends string>(name: K, value: string | undefined): { readonly [key in K]?: string } {
  const none: { readonly [key in K]?: string } = {};
  return value === undefined || value.trim() === '' ? none : { ...none, [name]: value };
}

/** The form, or why this person gets none. */
function formFor(deps: ChatDeps, seat: Seat, ref: Ref, state: DateFormState): CardJson {
  const action = seat.view.snapshot.actions.find((one) => one.ref === ref);
  if (!action) return goneNotice(ref, seat.boardId).card;
  if (!mayAnswer(seat.view.snapshot, seat.viewer, action)) return notYoursNotice(ref, seat.boardId).card;
  return evidenceCard(viewOf(deps, seat, ref), { nonce: deps.newNonce(), ...state });
}

function viewOf(deps: ChatDeps, { boardId, person, view }: Seat, actionRef: Ref): EvidenceView {
  const todayOn = view.calendar.on(deps.clock.now().toISOString());
  return { boardId, snapshot: view.snapshot, person, actionRef, todayOn };
}
