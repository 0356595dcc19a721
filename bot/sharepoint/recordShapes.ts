// The form each record must have after its columns are read; checked against board/model.ts by the compiler.
import { z } from 'zod';
import * as meetings from './meetingShapes';
import * as plan from './planShapes';
import { stamp, text, maybeText } from './shapeParts';

const setting = z.object({ stamp, key: text, json: maybeText });

/** One shape a list, by the record's name in lists.ts. */
export const recordShapes = {
  ...plan,
  ...meetings,
  setting,
};

export type ShapeName = keyof typeof recordShapes;
export type RecordOf<K extends ShapeName> = z.infer<(typeof recordShapes)[K]>;
