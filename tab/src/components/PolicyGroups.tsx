// The figures of the rules: each in words with its unit, default and range; the secretary changes a group at a time.
import { Button, Field, Input, Select } from '@fluentui/react-components';
import { useState, type FormEvent } from 'react';
import type { SettingsResponse } from '../../../bot/api/contract';
import { Section } from './Page';
import { useFormFocus } from './useFormFocus';
import { useSettingChange } from './useSettingChange';

type Group = SettingsResponse['policy'][number];
type Row = Group['rows'][number];

export function PolicyGroups(props: { readonly data: SettingsResponse; readonly onDone: () => Promise<void> }) {
  const { policy, mayChange, asOf } = props.data;
  const own = policy.flatMap((one) => one.rows).filter((one) => one.isOwn).length;
  return (
    <Section
      id="policy"
      title="The figures of the rules"
      note={own === 0 ? 'All as the default' : `${own} set by this board, the rest as the default`}
    >
      {policy.map((one) => (
        <div key={one.group} className="group">
          <h3>{one.group}</h3>
          <p className="quiet">{one.source}.</p>
          {mayChange ? <GroupForm boardId={asOf.boardId} group={one} onDone={props.onDone} /> : <Figures group={one} />}
        </div>
      ))}
    </Section>
  );
}

function Figures({ group }: { readonly group: Group }) {
  return (
    <dl className="facts">
      {group.rows.map((row) => (
        <div key={row.key}>
          <dt>{row.words}</dt>
          <dd>
            {row.value}
            {row.isOwn && <span className="tag">{`set by this board, default ${row.standard}`}</span>}{' '}
            <code className="quiet">{row.key}</code>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function GroupForm(props: { readonly boardId: string; readonly group: Group; readonly onDone: () => Promise<void> }) {
  const { group } = props;
  const [isOpen, setOpen] = useState(false);
  const { opener, form } = useFormFocus(isOpen);
  /** What was typed and not saved: the rest follows what the board has. */
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const setting = useSettingChange({
    boardId: props.boardId,
    fields: group.rows.map((one) => one.key),
    onSaved: async () => {
      setTyped({});
      setOpen(false);
      await props.onDone();
    },
  });
  const changed = group.rows.filter((one) => typed[one.key] !== undefined && typed[one.key] !== one.given);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setting.propose({
      kind: 'policy',
      values: changed.map((one) => ({ key: one.key, value: valueOf(one, typed[one.key] ?? '') })),
    });
  };
  return (
    <>
      {!isOpen && (
        <>
          <Figures group={group} />
          <div className="buttons no-print">
            <Button ref={opener} size="small" aria-label={`Change: ${group.group}`} onClick={() => setOpen(true)}>
              Change
            </Button>
          </div>
        </>
      )}
      {isOpen && (
        <form ref={form} className="answer no-print" onSubmit={submit} noValidate>
          {group.rows.map((row) => (
            <Figure
              key={row.key}
              row={row}
              value={typed[row.key] ?? row.given}
              issue={setting.issue(row.key)}
              onChange={(value) => {
                setTyped({ ...typed, [row.key]: value });
                setting.drop();
              }}
            />
          ))}
          <div className="buttons">
            <Button type="submit" appearance="primary" disabledFocusable={setting.isBusy || changed.length === 0}>
              Show what would change
            </Button>
            <Button
              onClick={() => {
                setTyped({});
                setting.drop();
                setOpen(false);
              }}
            >
              Leave as they are
            </Button>
          </div>
        </form>
      )}
      {setting.panel}
    </>
  );
}

function Figure(props: {
  readonly row: Row;
  readonly value: string;
  readonly issue: object;
  readonly onChange: (value: string) => void;
}) {
  const { row, value } = props;
  const hint = `${row.range.charAt(0).toUpperCase()}${row.range.slice(1)}. Default: ${row.standard}.`;
  return (
    <Field label={row.words} hint={hint} {...props.issue}>
      {row.kind === 'yes-no' ? (
        <Select value={value} onChange={(_event, given) => props.onChange(given.value)}>
          <option value="true">yes</option>
          <option value="false">no</option>
        </Select>
      ) : (
        <Input
          value={value}
          type={row.kind === 'time' ? 'time' : 'text'}
          inputMode={row.kind === 'figure' ? 'decimal' : 'text'}
          {...(row.unit === '' ? {} : { contentAfter: row.unit })}
          onChange={(_event, given) => props.onChange(given.value)}
        />
      )}
    </Field>
  );
}

/** The default is no value of the board's own; what is no figure goes as it was typed, so that the answer says so. */
function valueOf(row: Row, typed: string): string | number | boolean | null {
  const text = typed.trim();
  if (text === row.standardGiven) return null;
  if (row.kind === 'yes-no') return text === 'true';
  if (row.kind !== 'figure' || text === '' || !Number.isFinite(Number(text))) return text;
  return Number(text);
}
