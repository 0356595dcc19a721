// The Department moved the date of the notice: the new date with the letter that says so.
import { Button, Field, Input } from '@fluentui/react-components';
import { useState } from 'react';
import type { SettingsResponse } from '../../../bot/api/contract';
import { DayField } from './DayField';
import { useFormFocus } from './useFormFocus';
import { useSettingForm } from './useSettingForm';

const nothing = { aimOn: '', letterOn: '', reference: '', link: '' };

export function AimDate(props: { readonly data: SettingsResponse; readonly onDone: () => Promise<void> }) {
  const [isOpen, setOpen] = useState(false);
  const { opener, form } = useFormFocus(isOpen);
  const { given, set, submit, setting } = useSettingForm({
    boardId: props.data.asOf.boardId,
    nothing,
    changeOf: ({ link, ...rest }) => ({
      kind: 'aim-date',
      ...rest,
      ...(link.trim() === '' ? {} : { link: link.trim() }),
    }),
    onSaved: async () => {
      setOpen(false);
      await props.onDone();
    },
  });
  return (
    <>
      {!isOpen && (
        <div className="buttons no-print">
          <Button ref={opener} size="small" onClick={() => setOpen(true)}>
            The Department moved the aim date
          </Button>
        </div>
      )}
      {isOpen && (
        <form ref={form} className="answer no-print" onSubmit={submit} noValidate>
          <p className="quiet">
            Recorded with your name and today’s date. Clause 13 of the notice shows the letter; every action is judged
            by the new date.
          </p>
          <div className="side-by-side">
            <DayField
              label="The new aim date"
              value={given.aimOn}
              issue={setting.issue('aimOn')}
              onChange={(aimOn) => set({ aimOn })}
            />
            <DayField
              label="Date of the letter"
              value={given.letterOn}
              issue={setting.issue('letterOn')}
              onChange={(letterOn) => set({ letterOn })}
            />
          </div>
          <Field label="Reference or subject of the letter" {...setting.issue('reference')}>
            <Input value={given.reference} onChange={(_event, { value }) => set({ reference: value })} />
          </Field>
          <Field
            label="Where it can be opened (optional)"
            hint="An address that begins with https://"
            {...setting.issue('link')}
          >
            <Input type="url" value={given.link} onChange={(_event, { value }) => set({ link: value })} />
          </Field>
          <div className="buttons">
            <Button type="submit" disabledFocusable={setting.isBusy}>
              Show what would change
            </Button>
            <Button
              onClick={() => {
                setting.drop();
                setOpen(false);
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
