// One item of the agenda in its form: what, how long, who leads, what the pack says; moved up or down, or withdrawn.
import { Button, Field, Input, Select } from '@fluentui/react-components';
import type { MeetingResponse } from '../../../bot/api/contract';

type Agenda = NonNullable<NonNullable<MeetingResponse['meeting']>['agenda']>;
type Item = Agenda['items'][number];

/** As it is typed. */
export interface AgendaDraft extends Pick<Item, 'topic' | 'title' | 'lead'> {
  /** Stays with the item wherever it is moved. */
  readonly id: number;
  readonly minutes: string;
  readonly asks: string;
}

export function AgendaField(props: {
  readonly item: AgendaDraft;
  /** Its place, from 0, among how many. */
  readonly at: number;
  readonly of: number;
  /** Just added: its fields are in sight. */
  readonly isNew: boolean;
  readonly topics: Agenda['topics'];
  readonly leads: Agenda['leads'];
  readonly issue: (part: 'title' | 'minutes' | 'asks') => object;
  readonly onChange: (item: AgendaDraft) => void;
  readonly onMove: (by: 1 | -1) => void;
  readonly onWithdraw: () => void;
}) {
  const { item, at, of, issue } = props;
  const set = (part: Partial<AgendaDraft>): void => props.onChange({ ...item, ...part });
  const named = item.title === '' ? `item ${at + 1}` : `“${item.title}”`;
  const isWrong = (['title', 'minutes', 'asks'] as const).some((part) => 'validationMessage' in issue(part));
  return (
    <fieldset className="agenda-item">
      <legend className="quiet">{`Item ${at + 1} of ${of}`}</legend>
      <details open={props.isNew || isWrong}>
        <summary>{`${item.title === '' ? 'A new item' : item.title}, ${item.minutes} minutes`}</summary>
        <Field label="What is it about?" {...issue('title')}>
          <Input
            id={`agenda-${item.id}-title`}
            value={item.title}
            onChange={(_event, { value }) => set({ title: value })}
          />
        </Field>
        <div className="side-by-side">
          <Field label="Minutes" {...issue('minutes')}>
            <Input inputMode="numeric" value={item.minutes} onChange={(_event, { value }) => set({ minutes: value })} />
          </Field>
          <Field label="Who leads?">
            <Select
              value={item.lead}
              onChange={(_event, { value }) => {
                const chosen = props.leads.find((one) => one.lead === value);
                if (chosen) set({ lead: chosen.lead });
              }}
            >
              {props.leads.map((one) => (
                <option key={one.lead} value={one.lead}>
                  {one.words}
                </option>
              ))}
            </Select>
          </Field>
        </div>
        <Field label="The board pack says about it">
          <Select
            value={item.topic}
            onChange={(_event, { value }) => {
              const chosen = props.topics.find((one) => one.topic === value);
              if (chosen) set({ topic: chosen.topic });
            }}
          >
            {props.topics.map((one) => (
              <option key={one.topic} value={one.topic}>
                {one.words}
              </option>
            ))}
          </Select>
        </Field>
        {(item.topic === 'other' || item.asks !== '') && (
          <Field label="What is asked of the board? (optional)" {...issue('asks')}>
            <Input value={item.asks} onChange={(_event, { value }) => set({ asks: value })} />
          </Field>
        )}
      </details>
      <div className="buttons">
        <Button
          id={`agenda-${item.id}-up`}
          size="small"
          aria-label={`Move ${named} up`}
          disabledFocusable={at === 0}
          onClick={() => props.onMove(-1)}
        >
          Up
        </Button>
        <Button
          id={`agenda-${item.id}-down`}
          size="small"
          aria-label={`Move ${named} down`}
          disabledFocusable={at === of - 1}
          onClick={() => props.onMove(1)}
        >
          Down
        </Button>
        <Button size="small" appearance="subtle" aria-label={`Withdraw ${named}`} onClick={props.onWithdraw}>
          Withdraw
        </Button>
      </div>
    </fieldset>
  );
}
