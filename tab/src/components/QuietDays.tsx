// Quiet days of the council and of single bodies, with what they are for; the secretary adds and removes them.
import { Button, Field, Input, Select } from '@fluentui/react-components';
import type { SettingsResponse } from '../../../bot/api/contract';
import { DayField } from './DayField';
import { Section } from './Page';
import { useSettingForm } from './useSettingForm';

type Days = SettingsResponse['quietDays'];

const nothing = { body: '', fromOn: '', toOn: '', why: '' };

export function QuietDays(props: { readonly data: SettingsResponse; readonly onDone: () => Promise<void> }) {
  const { quietDays, mayChange, asOf } = props.data;
  const { given, set, submit, setting } = useSettingForm({
    boardId: asOf.boardId,
    nothing,
    changeOf: ({ body, ...period }) => ({ kind: 'add-quiet-days', ...(body === '' ? {} : { body }), period }),
    onSaved: props.onDone,
  });
  const remove = (body: string | undefined) => (period: { readonly fromOn: string; readonly toOn: string }) =>
    setting.propose({ kind: 'remove-quiet-days', ...(body === undefined ? {} : { body }), period });
  const bodies = quietDays.bodies.filter((one) => one.periods.length > 0);
  return (
    <Section id="quiet" title="Quiet days">
      <p>{quietDays.words}</p>
      <Periods of="the council" periods={quietDays.periods} {...(mayChange ? { onRemove: remove(undefined) } : {})} />
      {bodies.map((one) => (
        <div key={one.name}>
          <h3>{one.name}</h3>
          <p className="quiet">Its people get no message on these days; no deadline moves.</p>
          <Periods of={one.name} periods={one.periods} {...(mayChange ? { onRemove: remove(one.name) } : {})} />
        </div>
      ))}
      {mayChange && !quietDays.isDefault && (
        <div className="buttons no-print">
          <Button size="small" onClick={() => setting.propose({ kind: 'default-quiet-days' })}>
            Take the default again
          </Button>
        </div>
      )}
      {mayChange && (
        <form className="answer no-print" onSubmit={submit} noValidate>
          <h3>Add quiet days</h3>
          <Field label="For whom?" {...setting.issue('body')}>
            <Select value={given.body} onChange={(_event, { value }) => set({ body: value })}>
              <option value="">the council: deadlines and messages</option>
              {quietDays.bodies.map((one) => (
                <option key={one.name} value={one.name}>
                  {one.name}: messages alone
                </option>
              ))}
            </Select>
          </Field>
          <div className="side-by-side">
            <DayField
              label="First day"
              value={given.fromOn}
              issue={setting.issue('fromOn')}
              onChange={(fromOn) => set({ fromOn })}
            />
            <DayField
              label="Last day"
              value={given.toOn}
              issue={setting.issue('toOn')}
              onChange={(toOn) => set({ toOn })}
            />
          </div>
          <Field label="What are they for?" {...setting.issue('why')}>
            <Input value={given.why} onChange={(_event, { value }) => set({ why: value })} />
          </Field>
          <div className="buttons">
            <Button type="submit" disabledFocusable={setting.isBusy}>
              Show what would change
            </Button>
          </div>
        </form>
      )}
      {setting.panel}
    </Section>
  );
}

function Periods(props: {
  readonly of: string;
  readonly periods: Days['periods'];
  readonly onRemove?: (period: { readonly fromOn: string; readonly toOn: string }) => void;
}) {
  const { periods, onRemove } = props;
  if (periods.length === 0) return null;
  return (
    <ul className="reasons">
      {periods.map((one) => (
        <li key={`${one.fromOn}/${one.toOn}`}>
          {one.words}{' '}
          {onRemove && (
            <Button
              className="no-print"
              size="small"
              appearance="subtle"
              aria-label={`Remove ${one.words}, of ${props.of}`}
              onClick={() => onRemove({ fromOn: one.fromOn, toOn: one.toOn })}
            >
              Remove
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
