// Dates and percentages as councils write them in text and numbers: read from and written in their own style.
import { readDate } from '../board/planDates';
import { monthName } from '../board/wording';
import type { CellStyle } from './bindingSchema';

/** A civil date written day first or as ISO; undefined for anything else, such as a month alone. */
export function dateFromText(text: string): string | undefined {
  // A date with a time depends on the zone: it is not read here.
  if (/\d[Tt ]\d\d:/.test(text)) return undefined;
  const read = readDate(text);
  return read === undefined || read.monthAlone ? undefined : read.on;
}

/** A civil date in the style named; `on` is `YYYY-MM-DD`. */
export function dateAsText(on: string, style: CellStyle): string {
  const [year = '', month = '', day = ''] = on.split('-');
  const [name = ''] = monthName(`${year}-${month}`).split(' ');
  switch (style) {
    case 'dd/mm/yyyy':
      return `${day}/${month}/${year}`;
    case 'd/m/yyyy':
      return `${Number(day)}/${Number(month)}/${year}`;
    case 'd mmm yyyy':
      return `${Number(day)} ${name.slice(0, 3)} ${year}`;
    case 'd mmmm yyyy':
      return `${Number(day)} ${name} ${year}`;
    default:
      return on;
  }
}

const dayMs = 86_400_000;
/** Day 0 of Excel; right from 1 March 1900 on, because Excel counts a 29 February 1900 that there was not. */
const excelDayZero = Date.UTC(1899, 11, 30);
const firstSerial = 61;
const lastSerial = 2_958_465;

/** The civil date of Excel's day number, its time of day dropped; a number kept as text is taken too. */
export function dateFromSerial(raw: unknown): string | undefined {
  const serial = typeof raw === 'string' && /^\d+(\.\d+)?$/.test(raw.trim()) ? Number(raw) : raw;
  if (typeof serial !== 'number' || !(serial >= firstSerial && serial < lastSerial + 1)) return undefined;
  return new Date(excelDayZero + Math.floor(serial) * dayMs).toISOString().slice(0, 10);
}

export function serialOf(on: string): number {
  return (Date.parse(`${on}T00:00:00Z`) - excelDayZero) / dayMs;
}

/** A number in the style named, as ours: per cent from 0 to 100. */
export function numberFrom(raw: unknown, style: CellStyle): number | undefined {
  if (style === 'fraction') return typeof raw === 'number' && Number.isFinite(raw) ? rounded(raw * 100) : undefined;
  if (typeof raw === 'number' && style === 'number as text') return Number.isFinite(raw) ? raw : undefined;
  if (typeof raw !== 'string') return undefined;
  const given = /^(-?\d[\d,]*(?:\.\d+)?)\s*(%?)$/.exec(raw.trim());
  if (!given || (given[2] === '%' && style !== 'percent as text')) return undefined;
  return Number((given[1] ?? '').replaceAll(',', ''));
}

export function numberAs(value: number, style: CellStyle): number | string {
  if (style === 'fraction') return rounded(value / 100);
  return style === 'percent as text' ? `${value}%` : String(value);
}

/** 0.07 * 100 is 7.000000000000001: ten digits are more than anybody keeps. */
function rounded(value: number): number {
  return Number(value.toPrecision(10));
}
