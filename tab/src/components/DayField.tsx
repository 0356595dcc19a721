// A day of the calendar asked for in a form, with what is wrong with it.
import { Field, Input } from '@fluentui/react-components';

export function DayField(props: {
  readonly label: string;
  readonly value: string;
  /** As `SettingChange.issue` gives it. */
  readonly issue: object;
  readonly onChange: (day: string) => void;
}) {
  return (
    <Field label={props.label} {...props.issue}>
      <Input type="date" value={props.value} onChange={(_event, { value }) => props.onChange(value)} />
    </Field>
  );
}
