// The rows of the Settings list about the running of the board: pauses, hand-overs to come, who left, what came of cycles.
import { z } from 'zod';
import type { BoardRunning, ChannelRow, CycleRow, Finding, Leaver, PlannedHandOver, SendingRow } from '../board/model';
import type { RecordOf } from './recordShapes';

type SettingRow = RecordOf<'setting'>;

const ref = z.string().min(1).max(200);
const pause = z.object({
  byRef: ref,
  at: z.iso.datetime(),
  why: z.string().max(1000),
  untilAt: z.iso.datetime().exactOptional(),
});
const sending = z.object({ pause: pause.exactOptional() });
const move = z.object({
  kind: z.enum(['action', 'risk', 'mitigation', 'measure', 'decision']),
  ref,
  toRef: ref.exactOptional(),
});
const planned = z.object({
  state: z.enum(['waiting', 'done', 'taken back']),
  fromOn: z.iso.date(),
  byRef: ref,
  at: z.iso.datetime(),
  moves: z.array(move).max(5000).readonly(),
  leaving: z.object({ personRef: ref, lastDayOn: z.iso.date(), toRef: ref.exactOptional() }).exactOptional(),
});

const cycle = z.object({
  meetingRef: ref,
  confirmed: z.object({ byRef: ref, at: z.iso.datetime(), days: z.string().max(1000) }).exactOptional(),
  unsent: z
    .array(
      z.object({
        step: z.string().max(200),
        on: z.iso.date(),
        state: z.enum(['missed', 'nobody', 'skipped']),
        at: z.iso.datetime(),
        why: z.string().max(1000),
      }),
    )
    .max(100)
    .readonly(),
});

const news = z.object({
  notes: z
    .array(
      z.object({
        meetingRef: ref,
        at: z.iso.datetime(),
        text: z.string().max(1000),
        toldOn: z.iso.date().exactOptional(),
      }),
    )
    .max(100)
    .readonly(),
});

const channel = z.object({
  channel: z
    .object({
      channelId: z.string().min(1).max(500),
      name: z.string().min(1).max(300).exactOptional(),
      byRef: ref,
      at: z.iso.datetime(),
    })
    .exactOptional(),
  meetings: z
    .array(
      z.object({
        ref,
        on: z.iso.date(),
        startsAtTime: z.string().max(20),
        cancelled: z.boolean(),
      }),
    )
    .max(500)
    .readonly(),
});

const left = z.object({
  state: z.enum(['left', 'taken back']),
  personRef: ref,
  lastDayOn: z.iso.date(),
  byRef: ref,
  at: z.iso.datetime(),
  deputies: z
    .array(
      z.object({
        record: z.enum(['person', 'action']),
        ref,
        before: z.array(ref).max(100).readonly(),
        after: z.array(ref).max(100).readonly(),
      }),
    )
    .max(5000)
    .readonly(),
  escalations: z
    .array(z.object({ body: ref, toRef: ref.exactOptional() }))
    .max(1000)
    .readonly(),
});

const plannedPrefix = 'planned@';
const leftPrefix = 'left@';
const cyclePrefix = 'cycle@';

/** Reads the board's own rows `sending@BOARD`, `news@BOARD`, `channel@BOARD`, `planned@BOARD/...`, `left@BOARD/...` and `cycle@BOARD/MEETING`; one that does not fit is a finding. */
export function readRunning(rows: readonly SettingRow[], boardId: string, findings: Finding[]): BoardRunning {
  const row = rows.find((one) => one.key === `sending@${boardId}`);
  const read = row && parsed(row, sending, findings);
  const told = rows.find((one) => one.key === `news@${boardId}`);
  const notes = told && parsed(told, news, findings)?.notes;
  const chosen = rows.find((one) => one.key === `channel@${boardId}`);
  const waiting: PlannedHandOver[] = rows
    .filter((one) => one.key.startsWith(`${plannedPrefix}${boardId}/`))
    .flatMap((one) => {
      const value = parsed(one, planned, findings);
      if (value?.state !== 'waiting') return [];
      const { state: _waiting, ...rest } = value;
      return [{ ...rest, key: one.key, ...(one.stamp ? { stamp: one.stamp } : {}) }];
    });
  const cycles: CycleRow[] = rows
    .filter((one) => one.key.startsWith(`${cyclePrefix}${boardId}/`))
    .flatMap((one) => {
      const value = parsed(one, cycle, findings);
      return value ? [{ ...value, key: one.key, ...(one.stamp ? { stamp: one.stamp } : {}) }] : [];
    });
  const leavers: Leaver[] = rows
    .filter((one) => one.key.startsWith(`${leftPrefix}${boardId}/`))
    .flatMap((one) => {
      const value = parsed(one, left, findings);
      if (!value) return [];
      const { state, ...rest } = value;
      const back = state === 'taken back' ? { takenBack: true as const } : {};
      return [{ ...rest, ...back, key: one.key, ...(one.stamp ? { stamp: one.stamp } : {}) }];
    });
  return {
    ...(row ? { sending: sendingRow(row, read?.pause) } : {}),
    ...(told ? { news: { key: told.key, ...(told.stamp ? { stamp: told.stamp } : {}), notes: notes ?? [] } } : {}),
    ...(chosen ? { channel: channelRow(chosen, findings) } : {}),
    ...(cycles.length > 0 ? { cycles } : {}),
    planned: waiting.sort((a, b) => compare(a.fromOn, b.fromOn) || compare(a.at, b.at)),
    ...(leavers.length > 0 ? { left: leavers.sort((a, b) => compare(b.at, a.at)) } : {}),
  };
}

function sendingRow(row: SettingRow, inForce: SendingRow['pause']): SendingRow {
  return { key: row.key, ...(row.stamp ? { stamp: row.stamp } : {}), ...(inForce ? { pause: inForce } : {}) };
}

/** A row that cannot be read stands for no channel: nothing is sent to a place nobody can name. */
function channelRow(row: SettingRow, findings: Finding[]): ChannelRow {
  const read = parsed(row, channel, findings) ?? { meetings: [] };
  return { ...read, key: row.key, ...(row.stamp ? { stamp: row.stamp } : {}) };
}

function parsed<S extends z.ZodType>(row: SettingRow, shape: S, findings: Finding[]): z.infer<S> | undefined {
  const read = shape.safeParse(jsonOf(row.json));
  if (read.success) return read.data;
  findings.push({
    rule: 'setting-not-understood',
    level: 'finding',
    ref: row.key,
    text: `The row "${row.key}" of the list Settings was changed by hand and cannot be read: restore its last version from the version history.`,
    records: [row.key],
  });
  return undefined;
}

function jsonOf(json: string | undefined): unknown {
  if (json === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(json);
    return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
