// A form whose words come to one change of the settings: emptied when it is saved, shown anew when something else is typed.
import { useState, type FormEvent } from 'react';
import type { SettingsAsked } from '../../../bot/api/contract';
import { useSettingChange, type SettingChange } from './useSettingChange';

export interface SettingForm<T> {
  readonly given: T;
  readonly setting: SettingChange;
  set(part: Partial<T>): void;
  readonly submit: (event: FormEvent) => void;
}

/** `nothing` names the fields, which show their own problems; `changeOf` is what their words ask for. */
export function useSettingForm<T extends Readonly<Record<string, string>>>(props: {
  readonly boardId: string;
  readonly nothing: T;
  readonly changeOf: (given: T) => SettingsAsked;
  readonly onSaved: () => Promise<void>;
}): SettingForm<T> {
  const [given, setGiven] = useState(props.nothing);
  const setting = useSettingChange({
    boardId: props.boardId,
    fields: Object.keys(props.nothing),
    onSaved: async () => {
      setGiven(props.nothing);
      await props.onSaved();
    },
  });
  return {
    given,
    setting,
    set(part) {
      setGiven({ ...given, ...part });
      setting.drop();
    },
    submit(event) {
      event.preventDefault();
      setting.propose(props.changeOf(given));
    },
  };
}
