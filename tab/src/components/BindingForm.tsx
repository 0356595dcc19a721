// Which list of the site is one of ours, which of its columns are ours, and what its words stand for: chosen from what is there.
import { Button, Field, Select } from '@fluentui/react-components';
import { useState, type FormEvent } from 'react';
import { bindingChoicesResponse, type BindingChoicesResponse, type Problem } from '../../../bot/api/contract';
import { bindingAsked, columnValue, isPlain, notKept, wordKey, wordsOf, wordValue, type Typed } from '../bindingChoice';
import { problemOf, useApi } from '../useView';
import { counted } from '../words';
import { ProblemMessage, SiteLoading } from './Message';
import { useFormFocus } from './useFormFocus';
import { useSettingChange, type SettingChange } from './useSettingChange';

type Choices = BindingChoicesResponse;
type Column = Choices['columns'][number];

const nothing: Typed = { columns: {}, words: {} };

export function BindingForm(props: {
  readonly boardId: string;
  /** Our name. */
  readonly list: string;
  readonly onSaved: () => Promise<void>;
}) {
  const { boardId, list } = props;
  const api = useApi();
  const [choices, setChoices] = useState<Choices>();
  const [typed, setTyped] = useState(nothing);
  const [problem, setProblem] = useState<Problem>();
  const [isReading, setReading] = useState(false);
  const { opener, form } = useFormFocus(choices !== undefined);
  const place = `lists.${list}`;
  const setting = useSettingChange({
    boardId,
    loads: 'the site this way',
    fields: [
      `${place}.title`,
      ...(choices?.columns ?? []).map((one) => `${place}.columns.${one.name}`),
      ...(choices?.words ?? []).map((one) => `${place}.words.${one.column}.${one.word}`),
    ],
    onSaved: async () => {
      setChoices(undefined);
      setTyped(nothing);
      await props.onSaved();
    },
  });

  /** What the site has, for the list that is bound or for another. */
  async function read(title: string | undefined): Promise<void> {
    setReading(true);
    setProblem(undefined);
    try {
      const asked = title === undefined ? '' : `?title=${encodeURIComponent(title)}`;
      const address = `/boards/${encodeURIComponent(boardId)}/settings/binding/${encodeURIComponent(list)}${asked}`;
      setChoices(await api.get(address, bindingChoicesResponse));
      setTyped(title === undefined ? nothing : { ...nothing, title });
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setReading(false);
    }
  }
  const chooseList = (title: string): void => {
    setting.drop();
    if (title === notKept) setTyped({ ...nothing, title: notKept });
    else void read(title);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (choices) setting.propose(bindingAsked(choices, typed));
  };
  return (
    <>
      {!choices && (
        <div className="buttons no-print">
          <Button
            ref={opener}
            size="small"
            aria-label={`Change how ${list} is read`}
            disabledFocusable={isReading}
            onClick={() => void read(undefined)}
          >
            Change
          </Button>
        </div>
      )}
      {isReading && <SiteLoading what="what the site has" />}
      {problem && <ProblemMessage problem={problem} />}
      {choices && (
        <form ref={form} className="answer no-print" aria-label={`How ${list} is read`} onSubmit={submit} noValidate>
          <Field label={`Which list of the site is ${list}?`} {...setting.issue(`${place}.title`)}>
            <ListSelect choices={choices} value={typed.title ?? choices.title ?? notKept} onChange={chooseList} />
          </Field>
          {typed.title !== notKept && choices.title !== undefined && (
            <Columns
              choices={choices}
              typed={typed}
              setting={setting}
              onChange={(given) => {
                setTyped(given);
                setting.drop();
              }}
            />
          )}
          <div className="buttons">
            <Button type="submit" appearance="primary" disabledFocusable={setting.isBusy || isReading}>
              Show what would change
            </Button>
            <Button
              onClick={() => {
                setting.drop();
                setTyped(nothing);
                setChoices(undefined);
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

function ListSelect(props: {
  readonly choices: Choices;
  readonly value: string;
  readonly onChange: (title: string) => void;
}) {
  const { choices, value } = props;
  // The one that is bound may be gone from the site.
  const titles = new Set([...(choices.title === undefined ? [] : [choices.title]), ...choices.titles]);
  return (
    <Select value={value} onChange={(_event, given) => props.onChange(given.value)}>
      {[...titles].map((one) => (
        <option key={one} value={one}>
          {choices.titles.includes(one) ? one : `${one} (not in the site)`}
        </option>
      ))}
      {(choices.mayBeLeftOut || value === notKept) && <option value={notKept}>The council does not keep it</option>}
    </Select>
  );
}

function Columns(props: {
  readonly choices: Choices;
  readonly typed: Typed;
  readonly setting: SettingChange;
  readonly onChange: (typed: Typed) => void;
}) {
  const { choices, setting } = props;
  const first = choices.columns.filter((one) => !isPlain(choices, one));
  const rest = choices.columns.filter((one) => isPlain(choices, one));
  const hasIssue = rest.some(
    (one) => 'validationMessage' in setting.issue(`lists.${choices.name}.columns.${one.name}`),
  );
  return (
    <>
      <h4>Its columns</h4>
      {first.map((one) => (
        <OneColumn key={one.name} {...props} column={one} />
      ))}
      {rest.length > 0 && (
        <details open={hasIssue}>
          <summary>{`${counted(rest.length, 'other column')}, which need not be there`}</summary>
          {rest.map((one) => (
            <OneColumn key={one.name} {...props} column={one} />
          ))}
        </details>
      )}
    </>
  );
}

function OneColumn(props: {
  readonly choices: Choices;
  readonly typed: Typed;
  readonly setting: SettingChange;
  readonly column: Column;
  readonly onChange: (typed: Typed) => void;
}) {
  const { choices, typed, setting, column, onChange } = props;
  const place = `lists.${choices.name}`;
  const value = columnValue(typed, column);
  return (
    <>
      <Field
        label={column.words}
        required={column.isNeeded}
        {...hintOf(column, value)}
        {...setting.issue(`${place}.columns.${column.name}`)}
      >
        <Select
          value={value}
          onChange={(_event, given) =>
            onChange({ ...typed, columns: { ...typed.columns, [column.name]: given.value } })
          }
        >
          {column.state === 'lacking' && <option value="">none in this list</option>}
          {choices.theirs
            .filter((one) => column.may.includes(one.name))
            .map((one) => (
              <option key={one.name} value={one.name}>
                {one.words}
              </option>
            ))}
          {(!column.isNeeded || column.state === 'not-kept') && (
            <option value={notKept}>The council does not keep it</option>
          )}
        </Select>
      </Field>
      {wordsOf(choices, column, value).map((one) => (
        <Field
          key={one.word}
          className="binding-word"
          label={`“${one.word}” in ${column.words} means`}
          {...setting.issue(`${place}.words.${column.name}.${one.word}`)}
        >
          <Select
            value={wordValue(typed, one)}
            onChange={(_event, given) => onChange({ ...typed, words: { ...typed.words, [wordKey(one)]: given.value } })}
          >
            <option value="">not said: its rows are not understood</option>
            {column.takes.map((ours) => (
              <option key={ours.word} value={ours.word}>
                {ours.words}
              </option>
            ))}
          </Select>
        </Field>
      ))}
    </>
  );
}

function hintOf(column: Column, value: string): { readonly hint?: string } {
  const hints = [
    ...(column.about === undefined ? [] : [`${column.about}.`]),
    ...(column.isPart ? ['A part of the cell: the operator’s file says which.'] : []),
    ...(column.state === 'lacking' && value !== '' && value === column.proposed
      ? ['Proposed because its name is like ours: look whether it is right.']
      : []),
  ];
  return hints.length === 0 ? {} : { hint: hints.join(' ') };
}
