// A changed binding in words: which list, column and word stood for ours before, and which do then.
import { canonicalJson } from './canonical';
import type { SettingLine, SettingValue } from './settingModel';
import { plainName, shownName } from './siteNames';

/** A line for each list, column, word and rule that differs; docs/tenant.md says what a binding may hold. */
export function bindingLines(was: SettingValue, is: SettingValue): readonly SettingLine[] {
  const [before, after] = [members(was['lists']), members(is['lists'])];
  return namesIn(before, after).flatMap((name) => listLines(name, before[name], after[name]));
}

function listLines(list: string, was: unknown, is: unknown): readonly SettingLine[] {
  const [before, after] = [members(was), members(is)];
  const title = lineOf(`The list for ${list}`, titleWords(list, was, before), titleWords(list, is, after));
  // Of a list that is not kept nothing else holds.
  if (was === null || is === null) return title;
  const [columnsBefore, columnsAfter] = [members(before['columns']), members(after['columns'])];
  const columns = namesIn(columnsBefore, columnsAfter).flatMap((our) =>
    lineOf(`${list}, ${plainName(our)}`, columnWords(our, columnsBefore[our]), columnWords(our, columnsAfter[our])),
  );
  const [defaultsBefore, defaultsAfter] = [members(before['defaults']), members(after['defaults'])];
  const defaults = namesIn(defaultsBefore, defaultsAfter).flatMap((our) =>
    lineOf(`${list}, ${plainName(our)} where the cell is empty`, said(defaultsBefore[our]), said(defaultsAfter[our])),
  );
  const rules = lineOf(`${list}, rows that are no records`, said(before['leaveOut']), said(after['leaveOut']));
  return [
    ...title,
    ...columns,
    ...wordLines(list, members(before['words']), members(after['words'])),
    ...defaults,
    ...rules,
  ];
}

function wordLines(list: string, was: SettingValue, is: SettingValue): readonly SettingLine[] {
  return namesIn(was, is).flatMap((our) => {
    const [before, after] = [members(was[our]), members(is[our])];
    return namesIn(before, after).flatMap((word) =>
      lineOf(`${list}, the word “${word}” of ${plainName(our)}`, wordWords(before[word]), wordWords(after[word])),
    );
  });
}

function lineOf(what: string, before: string, after: string): readonly SettingLine[] {
  return before === after ? [] : [{ what, before, after }];
}

function titleWords(list: string, entry: unknown, { title }: SettingValue): string {
  if (entry === null) return 'not kept by the council';
  return typeof title === 'string' ? `the list “${title}”` : `the list “${list}”`;
}

const styleWords: Readonly<Record<string, string>> = {
  'dd/mm/yyyy': 'dates written like 05/01/2025',
  'd/m/yyyy': 'dates written like 5/1/2025',
  'd mmm yyyy': 'dates written like 5 Jan 2025',
  'd mmmm yyyy': 'dates written like 5 January 2025',
  'yyyy-mm-dd': 'dates written like 2025-01-05',
  'excel serial': 'dates as the day numbers of Excel',
  'number as text': 'figures kept as text',
  fraction: 'shares of 1: 0.6 for 60%',
  'percent as text': 'written like 60%',
  people: 'several people, the first is meant',
  name: 'people by their name',
  'e-mail': 'people by their e-mail address',
  number: 'kept as a figure',
  time: 'the time of a date',
  link: 'the address of a link',
  choices: 'several choices',
};

function columnWords(our: string, bound: unknown): string {
  if (bound === null) return 'not kept by the council';
  const { name = typeof bound === 'string' ? bound : our, as, part, empty } = members(bound);
  const more = [
    ...(typeof as === 'string' ? [styleWords[as] ?? as] : []),
    ...(part === undefined ? [] : ['a part of its cell']),
    ...(Array.isArray(empty) ? [`empty where it says ${empty.map((one) => `“${String(one)}”`).join(' or ')}`] : []),
  ];
  return [`the column “${shownName(String(name))}”`, ...more].join(', ');
}

function wordWords(means: unknown): string {
  return means === undefined ? 'not said' : `“${String(means).replaceAll('-', ' ')}”`;
}

function said(value: unknown): string {
  return value === undefined ? 'nothing said' : canonicalJson(value);
}

function namesIn(one: SettingValue, other: SettingValue): readonly string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])];
}

function members(value: unknown): SettingValue {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
