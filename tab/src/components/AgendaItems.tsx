// The agenda of a meeting to come: its items with when each begins; the secretary adds, changes, moves and withdraws them.
import { Button } from '@fluentui/react-components';
import { useEffect, useState, type FormEvent, type ReactNode } from 'react';
import type { MeetingResponse } from '../../../bot/api/contract';
import { AgendaField, type AgendaDraft } from './AgendaField';
import { Section } from './Page';
import { useFormFocus } from './useFormFocus';
import { useSettingChange } from './useSettingChange';

type Agenda = NonNullable<NonNullable<MeetingResponse['meeting']>['agenda']>;

export function AgendaItems(props: {
  readonly boardId: string;
  readonly agenda: Agenda;
  readonly onDone: () => Promise<void>;
}) {
  const { boardId, agenda, onDone } = props;
  const read = <Items agenda={agenda} />;
  return (
    <Section id="agenda" title="Agenda" note={agenda.isDefault ? 'As published' : 'Set by this board'}>
      {agenda.mayChange ? (
        <AgendaForm boardId={boardId} agenda={agenda} onDone={onDone}>
          {read}
        </AgendaForm>
      ) : (
        read
      )}
    </Section>
  );
}

function Items({ agenda }: { readonly agenda: Agenda }) {
  return (
    <>
      <ol className="rows agenda">
        {agenda.items.map((one, index) => (
          <li key={`${one.topic}/${one.title}`}>
            <p>
              <strong>{one.starts}</strong> {`${index + 1}. ${one.title}`}
            </p>
            <p className="quiet">
              Led by {one.leadWords}
              {one.asks !== undefined && `. Asked of the board: ${one.asks}`}
            </p>
          </li>
        ))}
      </ol>
      <p className="quiet">
        These are the board’s standing items. Their minutes are fitted to the length of the meeting; the board pack adds
        what each asks of the board.
      </p>
    </>
  );
}

function draftsOf({ items }: Agenda): readonly AgendaDraft[] {
  return items.map(({ topic, title, minutes, lead, asks }, id) => ({
    ...{ id, topic, title, lead, minutes: String(minutes), asks: asks ?? '' },
  }));
}

/** What has the focus after an item came, moved or went. */
interface Next {
  readonly id: string;
  readonly said: string;
}

function AgendaForm(props: {
  readonly boardId: string;
  readonly agenda: Agenda;
  readonly onDone: () => Promise<void>;
  /** The agenda as it is, while it is not being changed. */
  readonly children: ReactNode;
}) {
  const { agenda } = props;
  const [items, setItems] = useState<readonly AgendaDraft[]>();
  const [next, setNext] = useState<Next>();
  const setting = useSettingChange({
    boardId: props.boardId,
    fields: (items ?? []).flatMap((_one, at) => ['title', 'minutes', 'asks'].map((part) => `items.${at}.${part}`)),
    onSaved: async () => {
      setItems(undefined);
      setNext(undefined);
      await props.onDone();
    },
  });
  const { opener, form } = useFormFocus(items !== undefined);
  useEffect(() => {
    if (next) document.getElementById(next.id)?.focus();
  }, [next]);

  const give = (given: readonly AgendaDraft[], then?: Next): void => {
    setItems(given);
    setNext(then);
    setting.drop();
  };
  const move = (from: number, by: 1 | -1): void => {
    const one = items?.[from];
    const other = items?.[from + by];
    if (!items || !one || !other) return;
    const moved = items.map((item, at) => (at === from ? other : at === from + by ? one : item));
    const said = `“${one.title}” is item ${from + by + 1} of ${items.length} now.`;
    give(moved, { id: `agenda-${one.id}-${by === 1 ? 'down' : 'up'}`, said });
  };
  const withdraw = (at: number): void => {
    const one = items?.[at];
    if (!items || !one) return;
    const said = `“${one.title}” is withdrawn: ${items.length - 1} are left. Nothing is saved yet.`;
    give(
      items.filter((item) => item !== one),
      { id: 'agenda-add', said },
    );
  };
  const add = (): void => {
    const id = Math.max(-1, ...(items ?? []).map((one) => one.id), agenda.items.length) + 1;
    const one: AgendaDraft = { id, topic: 'other', title: '', minutes: '10', lead: 'chair', asks: '' };
    give([...(items ?? []), one], { id: `agenda-${id}-title`, said: 'An item is added at the end.' });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setting.propose({
      kind: 'agenda',
      items: (items ?? []).map(({ topic, title, minutes, lead, asks }) => ({
        ...{ topic, title, lead, minutes: Number(minutes) || 0 },
        ...(asks.trim() === '' ? {} : { asks }),
      })),
    });
  };
  return (
    <>
      {!items && props.children}
      {!items && (
        <div className="buttons no-print">
          <Button ref={opener} onClick={() => give(draftsOf(agenda))}>
            Change the agenda
          </Button>
          {!agenda.isDefault && (
            <Button onClick={() => setting.propose({ kind: 'agenda', items: null })}>
              Take the published agenda again
            </Button>
          )}
        </div>
      )}
      {items && (
        <form ref={form} className="answer no-print" aria-label="The agenda" onSubmit={submit} noValidate>
          <p>What is changed here holds for this meeting and every later one.</p>
          {items.map((one, at) => (
            <AgendaField
              key={one.id}
              item={one}
              at={at}
              isNew={one.id >= agenda.items.length}
              of={items.length}
              // A standing item stands once.
              topics={agenda.topics.filter(
                ({ topic }) =>
                  topic === 'other' || topic === one.topic || items.every((another) => another.topic !== topic),
              )}
              leads={agenda.leads}
              issue={(part) => setting.issue(`items.${at}.${part}`)}
              onChange={(given) => give(items.map((item) => (item === one ? given : item)))}
              onMove={(by) => move(at, by)}
              onWithdraw={() => withdraw(at)}
            />
          ))}
          <p role="status" className="quiet">
            {next?.said}
          </p>
          <div className="buttons">
            <Button id="agenda-add" onClick={add}>
              Add an item
            </Button>
            <Button type="submit" appearance="primary" disabledFocusable={setting.isBusy}>
              Show what would change
            </Button>
            <Button
              onClick={() => {
                setItems(undefined);
                setNext(undefined);
                setting.drop();
              }}
            >
              Leave it as it is
            </Button>
          </div>
        </form>
      )}
      {setting.panel}
    </>
  );
}
