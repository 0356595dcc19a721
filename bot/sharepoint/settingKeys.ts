// Which rows of the list Settings are read, and which the assistant writes for itself; any other is a slip that nobody would notice.
import type { Finding } from '../board/model';
import { mostAlike } from '../board/similarity';
import { settingKeys } from './settingsSchema';
import type { SettingRow } from './settingsList';

/** How far edits were looked at, who changed what, whether sending is paused, what the secretary is told, the board's channel, hand-overs to come, who left, what came of cycles. */
const ownRows = /^(?:siteEdits|trace\/.*|sending@.*|news@.*|channel@.*|planned@.*|left@.*|cycle@.*)$/s;

/** A row under a name that nothing reads, such as `polcy`. */
export function strangeSettings(rows: readonly Pick<SettingRow, 'key'>[]): readonly Finding[] {
  return rows
    .map((one) => one.key)
    .filter((key) => !ownRows.test(key) && !settingKeys.some((one) => key === one || key.startsWith(`${one}@`)))
    .map((key) => {
      const meant = mostAlike(key.replace(/@.*$/s, ''), settingKeys, (one) => [one], 0.6)?.candidate;
      const how =
        meant === undefined
          ? `The settings are ${settingKeys.join(', ')}, for one board alone with @ and its id after them. Delete the row, or correct its key.`
          : `If "${meant}" is meant, correct its key; else delete the row.`;
      return {
        rule: 'setting-unknown',
        level: 'finding',
        ref: key,
        text: `Nothing reads the row "${key}" of the list Settings. ${how}`,
        records: [key],
      };
    });
}
