// Answers for one action under the same rules as in chat; what was last said is filled in, only what was touched is sent.
import {
  Button,
  Checkbox,
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  Select,
  Textarea,
} from '@fluentui/react-components';
import { useRef, useState, type FormEvent } from 'react';
import {
  deliveryStatus,
  effectStatus,
  type ActionResponse,
  type AnswerRequest,
  type Problem,
} from '../../../bot/api/contract';
import { problemOf, useApi } from '../useView';
import { deliveryOrder, deliveryWords, effectOrder, effectWords, small } from '../words';
import { DayField } from './DayField';
import { Unsaved } from './Unsaved';

type ActionAnswer = Extract<AnswerRequest['answer'], { kind: 'action' }>;

interface Words {
  readonly delivery: string;
  readonly percent: string;
  readonly milestones: readonly string[];
  readonly forecast: string;
  readonly narrative: string;
  readonly effectStatus: string;
  readonly effect: string;
  readonly blocker: string;
}

function lastSaid({ action, dates, blocker, answering }: ActionResponse): Words {
  return {
    delivery: action.claimed,
    percent: answering?.percent === undefined ? '' : String(answering.percent),
    milestones: [],
    forecast: dates.forecastOn ?? '',
    narrative: '',
    effectStatus: action.claimedEffect,
    effect: '',
    blocker: blocker?.text ?? '',
  };
}

/** The fields that differ from what was last said; an emptied one is sent as empty. */
function touched(ref: string, before: Words, now: Words): ActionAnswer {
  const delivery = deliveryStatus.safeParse(now.delivery);
  const effect = effectStatus.safeParse(now.effectStatus);
  return {
    kind: 'action',
    ref,
    ...(now.delivery !== before.delivery && delivery.success ? { deliveryStatus: delivery.data } : {}),
    ...(now.percent !== before.percent && now.percent.trim() !== '' ? { percentComplete: Number(now.percent) } : {}),
    ...(now.milestones.length > 0 ? { milestonesCompleted: now.milestones } : {}),
    ...(now.forecast !== before.forecast ? { forecastOn: now.forecast === '' ? null : now.forecast } : {}),
    ...(now.narrative.trim() !== '' ? { narrative: now.narrative } : {}),
    ...(now.effectStatus !== before.effectStatus && effect.success ? { effectStatus: effect.data } : {}),
    ...(now.effect.trim() !== '' ? { effect: now.effect } : {}),
    ...(now.blocker !== before.blocker ? { blocker: now.blocker.trim() === '' ? null : { text: now.blocker } } : {}),
  };
}

export default function AnswerForm(props: {
  readonly data: ActionResponse;
  readonly version: string | undefined;
  readonly onSaved: () => Promise<void>;
}) {
  const { data } = props;
  const api = useApi();
  const [before, setBefore] = useState(() => lastSaid(data));
  const [words, setWords] = useState(before);
  const [version, setVersion] = useState(props.version);
  const [problem, setProblem] = useState<Problem>();
  const [saved, setSaved] = useState<string>();
  const [isSaving, setSaving] = useState(false);
  const nonce = useRef<string>(undefined);
  const change = (part: Partial<Words>): void => {
    setWords({ ...words, ...part });
    setSaved(undefined);
  };

  async function save(answer: ActionAnswer, confirmedWarnings: boolean): Promise<void> {
    setSaving(true);
    setSaved(undefined);
    nonce.current ??= crypto.randomUUID();
    try {
      const receipt = await api.answer({
        boardId: data.asOf.boardId,
        nonce: nonce.current,
        answer,
        ...(version === undefined ? {} : { seenVersion: version }),
        ...(confirmedWarnings ? { confirmedWarnings } : {}),
      });
      setProblem(undefined);
      setSaved(
        `Saved: ${receipt.noChange ? 'no change' : receipt.changed.map(small).join('; ')}.${receipt.recordedAs === 'late' ? ' Recorded as late.' : ''}`,
      );
      nonce.current = undefined;
      setBefore({ ...words, milestones: [], narrative: '', effect: '' });
      setWords({ ...words, milestones: [], narrative: '', effect: '' });
      setVersion(undefined);
      await props.onSaved();
    } catch (error) {
      const found = problemOf(error);
      setProblem(found);
      if (found.currentVersion !== undefined) setVersion(found.currentVersion);
    } finally {
      setSaving(false);
    }
  }

  const answer = touched(data.action.ref, before, words);
  const isUntouched = Object.keys(answer).length === 2;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // A button that keeps its focus while disabled still submits, and so does Enter.
    if (!isSaving && !isUntouched) void save(answer, false);
  };
  const errors = fieldErrors(problem);

  return (
    <form className="answer" onSubmit={submit} noValidate>
      <div className="answer-fields">
        <Field label="Delivery" {...errors('deliveryStatus')}>
          <Select value={words.delivery} onChange={(_event, { value }) => change({ delivery: value })}>
            {deliveryOrder.map((one) => (
              <option key={one} value={one}>
                {deliveryWords[one]}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Percentage complete" {...errors('percentComplete')}>
          <Input
            inputMode="numeric"
            value={words.percent}
            onChange={(_event, { value }) => change({ percent: value })}
            contentAfter="%"
          />
        </Field>
        <DayField
          label="You expect to finish on"
          value={words.forecast}
          issue={errors('forecastOn')}
          onChange={(forecast) => change({ forecast })}
        />
        <Field label="Effect" {...errors('effectStatus')}>
          <Select value={words.effectStatus} onChange={(_event, { value }) => change({ effectStatus: value })}>
            {effectOrder.map((one) => (
              <option key={one} value={one}>
                {effectWords[one]}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <MilestoneChoices data={data} words={words} change={change} />
      <Field
        label="What happened since the last meeting?"
        hint="Needed when the rating gets worse or is off track. 10 to 1,000 characters."
        {...errors('narrative')}
      >
        <Textarea rows={3} value={words.narrative} onChange={(_event, { value }) => change({ narrative: value })} />
      </Field>
      <Field label="What is different for children and families?" {...errors('effect')}>
        <Textarea rows={2} value={words.effect} onChange={(_event, { value }) => change({ effect: value })} />
      </Field>
      <Field label="What blocks you, and who could help?" {...errors('blocker')}>
        <Textarea rows={2} value={words.blocker} onChange={(_event, { value }) => change({ blocker: value })} />
      </Field>
      {problem && <Unsaved problem={problem} onConfirm={() => void save(answer, true)} />}
      {saved !== undefined && (
        <MessageBar intent="success" className="message" role="status">
          <MessageBarBody>{saved}</MessageBarBody>
        </MessageBar>
      )}
      <div className="buttons">
        <Button type="submit" appearance="primary" disabledFocusable={isSaving || isUntouched}>
          {isSaving ? 'Saving …' : 'Save'}
        </Button>
        <Button
          disabledFocusable={isSaving}
          onClick={() => void save({ kind: 'action', ref: data.action.ref, noChange: true, ...said(words) }, false)}
        >
          No change
        </Button>
      </div>
    </form>
  );
}

/** "No change" may carry the line that an off-track action needs. */
function said(words: Words): { narrative?: string } {
  return words.narrative.trim() === '' ? {} : { narrative: words.narrative };
}

function MilestoneChoices(props: {
  readonly data: ActionResponse;
  readonly words: Words;
  readonly change: (part: Partial<Words>) => void;
}) {
  const open = props.data.milestones.filter((one) => one.completedOn === undefined);
  if (open.length === 0) return null;
  const { milestones } = props.words;
  return (
    <fieldset>
      <legend>Milestones completed since</legend>
      {open.map((one) => (
        <Checkbox
          key={one.ref}
          label={one.title}
          checked={milestones.includes(one.ref)}
          onChange={(_event, { checked }) =>
            props.change({
              milestones: checked === true ? [...milestones, one.ref] : milestones.filter((ref) => ref !== one.ref),
            })
          }
        />
      ))}
    </fieldset>
  );
}

/** What a field's message says below it. */
function fieldErrors(problem: Problem | undefined) {
  return (field: string): { validationMessage?: string; validationState?: 'error' } => {
    const issue = problem?.issues?.find((one) => one.field.replace(/^answer\./, '').split('.')[0] === field);
    return issue ? { validationMessage: issue.message, validationState: 'error' } : {};
  };
}
