// The part of OData that SharePoint lists honour: $select, $expand, $top, $filter, $orderby, $skiptoken; anything else is refused.
import { invalidRequest } from './graphError';

export type QueryOption = 'select' | 'expand' | 'top' | 'filter' | 'orderby' | 'skiptoken' | 'search' | 'token';

export interface ODataQuery {
  readonly select?: readonly string[];
  /** Expanded properties with the options given to each. */
  readonly expand: ReadonlyMap<string, { readonly select?: readonly string[] }>;
  readonly top?: number;
  readonly filter?: string;
  readonly orderby?: readonly { readonly path: string; readonly descending: boolean }[];
  readonly skiptoken?: string;
  readonly search?: string;
  readonly token?: string;
}

/** Reads a query; an option that is not among `allowed` is refused, never ignored. */
export function readQuery(params: URLSearchParams, allowed: readonly QueryOption[]): ODataQuery {
  const given = new Map<string, string>();
  for (const [name, value] of params) {
    const option = name.replace(/^\$/, '').toLowerCase();
    if (!allowed.some((one) => one === option))
      throw invalidRequest(`The query option '${name}' is not supported here.`);
    if (given.has(option)) throw invalidRequest(`The query option '${name}' is given twice.`);
    given.set(option, value);
  }
  const select = given.get('select');
  const orderby = given.get('orderby');
  return {
    expand: readExpand(given.get('expand')),
    ...(select === undefined ? {} : { select: names(select) }),
    ...(given.has('top') ? { top: readTop(given.get('top') ?? '') } : {}),
    ...(orderby === undefined ? {} : { orderby: readOrder(orderby) }),
    ...text(given, 'filter'),
    ...text(given, 'skiptoken'),
    ...text(given, 'search'),
    ...text(given, 'token'),
  };
}

function text<K extends QueryOption>(given: ReadonlyMap<string, string>, name: K): Partial<Record<K, string>> {
  const value = given.get(name);
  const result: Partial<Record<K, string>> = {};
  if (value !== undefined) result[name] = value;
  return result;
}

function names(list: string): readonly string[] {
  return list
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

function readTop(value: string): number {
  const top = Number(value);
  if (!/^\d+$/.test(value) || top < 1) throw invalidRequest(`The value '${value}' of $top is not a positive number.`);
  return top;
}

function readOrder(value: string): { path: string; descending: boolean }[] {
  return names(value).map((one) => {
    const [path = '', direction = 'asc', ...rest] = one.split(/\s+/);
    if (rest.length > 0 || !['asc', 'desc'].includes(direction.toLowerCase()))
      throw invalidRequest(`The order '${one}' is not understood.`);
    return { path, descending: direction.toLowerCase() === 'desc' };
  });
}

/** `fields($select=A,B),versions`, with or without the dollar signs. */
function readExpand(value: string | undefined): ReadonlyMap<string, { readonly select?: readonly string[] }> {
  const expanded = new Map<string, { readonly select?: readonly string[] }>();
  for (const part of splitOutside(value ?? '', ',')) {
    const match = /^([A-Za-z]+)(?:\((.*)\))?$/s.exec(part.trim());
    if (!match) throw invalidRequest(`The expansion '${part}' is not understood.`);
    const [, name = '', options = ''] = match;
    let select: readonly string[] | undefined;
    for (const option of splitOutside(options, ';')) {
      const [key = '', ...rest] = option.split('=');
      if (key.trim().replace(/^\$/, '').toLowerCase() !== 'select')
        throw invalidRequest(`The option '${key.trim()}' inside an expansion is not supported here.`);
      select = names(rest.join('='));
    }
    expanded.set(name, select === undefined ? {} : { select });
  }
  return expanded;
}

function splitOutside(value: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let current = '';
  for (const char of value) {
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    if (char === separator && depth === 0) {
      parts.push(current);
      current = '';
    } else current += char;
  }
  parts.push(current);
  return parts.filter((one) => one.trim() !== '');
}

export type Comparable = string | number | boolean | undefined;
type Operator = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge' | 'startswith';

/** A part of a filter, or the whole. */
export interface Condition {
  /** Every path it asks about, once for each comparison. */
  readonly paths: readonly string[];
  matches(valueOf: (path: string) => Comparable): boolean;
}

export interface Filter extends Condition {
  /** The parts that must all hold; one part when the filter is not joined by `and`. */
  readonly conditions: readonly Condition[];
}

type Test = (valueOf: (path: string) => Comparable) => boolean;

/** Comparisons with and, or, not and brackets, over `fields/X` and properties; text compares without regard to case. */
export function readFilter(source: string): Filter {
  const tokens = tokenise(source);
  const paths: string[] = [];
  let next = 0;
  const peek = (): string | undefined => tokens[next];
  const take = (): string => {
    const token = tokens[next];
    if (token === undefined) throw notUnderstood(source);
    next += 1;
    return token;
  };
  const expect = (wanted: string): void => {
    if (take().toLowerCase() !== wanted) throw notUnderstood(source);
  };

  /** The outermost `and` of what was read last. */
  let conditions: readonly Condition[] = [];

  function either(): Test {
    const start = paths.length;
    const sides = [both()];
    while (peek()?.toLowerCase() === 'or') {
      take();
      sides.push(both());
    }
    const [only, ...more] = sides;
    if (only && more.length === 0) return only;
    const matches: Test = (valueOf) => sides.some((one) => one(valueOf));
    conditions = [{ paths: paths.slice(start), matches }];
    return matches;
  }

  function both(): Test {
    const sides = [condition()];
    while (peek()?.toLowerCase() === 'and') {
      take();
      sides.push(condition());
    }
    conditions = sides;
    return (valueOf) => sides.every((one) => one.matches(valueOf));
  }

  function condition(): Condition {
    const start = paths.length;
    const matches = single();
    return { paths: paths.slice(start), matches };
  }

  function single(): Test {
    const token = take();
    const word = token.toLowerCase();
    if (word === 'not') {
      const inner = single();
      return (valueOf) => !inner(valueOf);
    }
    if (token === '(') {
      const inner = either();
      expect(')');
      return inner;
    }
    if (word === 'startswith') {
      expect('(');
      const path = readPath(take());
      expect(',');
      const value = literal(take());
      expect(')');
      return (valueOf) => compare(valueOf(path), 'startswith', value);
    }
    const path = readPath(token);
    const operator = readOperator(take());
    const value = literal(take());
    return (valueOf) => compare(valueOf(path), operator, value);
  }

  function readPath(token: string): string {
    if (!/^[A-Za-z_][A-Za-z0-9_/]*$/.test(token)) throw notUnderstood(source);
    paths.push(token);
    return token;
  }

  function readOperator(token: string): Operator {
    const operators: readonly Operator[] = ['eq', 'ne', 'lt', 'le', 'gt', 'ge'];
    const found = operators.find((one) => one === token.toLowerCase());
    if (!found) throw notUnderstood(source);
    return found;
  }

  function literal(token: string): Comparable {
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    if (token === 'null') return undefined;
    if (token === 'true' || token === 'false') return token === 'true';
    if (/^-?\d+(\.\d+)?$/.test(token)) return Number(token);
    if (/^\d{4}-\d{2}-\d{2}/.test(token)) return token;
    throw notUnderstood(source);
  }

  const test = either();
  if (next !== tokens.length) throw notUnderstood(source);
  return { paths, conditions, matches: test };
}

function notUnderstood(source: string): Error {
  return invalidRequest(`The provided filter statement is not supported: ${source}`);
}

function tokenise(source: string): readonly string[] {
  const pattern = /\s*('(?:[^']|'')*'|[(),]|[^\s(),']+)/gy;
  const tokens: string[] = [];
  let end = 0;
  for (let match = pattern.exec(source); match; match = pattern.exec(source)) {
    tokens.push(match[1] ?? '');
    end = pattern.lastIndex;
  }
  if (source.slice(end).trim() !== '') throw notUnderstood(source);
  return tokens;
}

function compare(value: Comparable, operator: Operator, wanted: Comparable): boolean {
  if (value === undefined || wanted === undefined) {
    if (operator === 'eq') return value === wanted;
    return operator === 'ne' && value !== wanted;
  }
  const order = compareValues(value, wanted);
  switch (operator) {
    case 'eq':
      return order === 0;
    case 'ne':
      return order !== 0;
    case 'lt':
      return order < 0;
    case 'le':
      return order <= 0;
    case 'gt':
      return order > 0;
    case 'ge':
      return order >= 0;
    case 'startswith':
      return String(value).toLowerCase().startsWith(String(wanted).toLowerCase());
  }
}

const moment = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2})?)?$/;

/** Numbers and moments by size, empty first, all else as text without regard to case. */
export function compareValues(a: Comparable, b: Comparable): number {
  if (a === undefined || b === undefined) return (a === undefined ? 0 : 1) - (b === undefined ? 0 : 1);
  if (typeof a === 'number' || typeof b === 'number') return Number(a) - Number(b);
  if (typeof a === 'boolean' || typeof b === 'boolean') return Number(a) - Number(b);
  if (moment.test(a) && moment.test(b)) return Date.parse(a) - Date.parse(b);
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Opaque to clients: unpadded base64 of where the next page starts. */
export function writeSkiptoken(state: Readonly<Record<string, string>>): string {
  return Buffer.from(new URLSearchParams({ Paged: 'TRUE', ...state }).toString()).toString('base64url');
}

export function readSkiptoken(token: string): ReadonlyMap<string, string> {
  const state = new URLSearchParams(Buffer.from(token, 'base64url').toString());
  if (state.get('Paged') !== 'TRUE') throw invalidRequest('The skip token is not one this service gave.');
  return new Map(state);
}
