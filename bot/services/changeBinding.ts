// How the site's lists stand for ours, changed by the secretary: worked out with the site, read once by it, and only then decided.
import { bindingTrial } from '../board/bindingTrial';
import { isSecretary } from '../board/mayAnswer';
import { secretaryOnly } from '../board/manageHandOver';
import type { BoardSnapshot, Ref } from '../board/model';
import type { SettingChange, SettingValue } from '../board/settingModel';
import type { InputIssue } from '../errors';
import type { AskedBinding, BindingChoices, SettingsStore } from './portsSettings';

/** A change as it is decided on, and what the site says about it. */
export interface Prepared {
  readonly change?: SettingChange;
  readonly issues: readonly InputIssue[];
  readonly notes: readonly string[];
}

interface Asking {
  readonly boardId: string;
  readonly byRef: Ref;
  readonly snapshot: BoardSnapshot;
  /** The binding in force. */
  readonly before: SettingValue | undefined;
}

type Store = Pick<SettingsStore, 'bound' | 'choices' | 'readBy'>;

/** What was asked for as a whole binding. Refuses (`byRef`): anybody but the secretary; (a place): what the site does not have. */
export async function bindingAsked(
  store: Store,
  { boardId, byRef, snapshot, before }: Asking,
  asked: AskedBinding,
): Promise<Prepared> {
  if (!isSecretary(snapshot, byRef)) return refused([{ field: 'byRef', message: secretaryOnly }]);
  const bound = await store.bound(boardId, before, asked);
  if ('issues' in bound) return refused(bound.issues);
  return { change: { kind: 'binding', after: bound.after }, issues: [], notes: [] };
}

/** The same, once the board was read by the binding that it would leave; another change passes as it is. */
export async function bindingTried(store: Store, asking: Asking, prepared: Prepared): Promise<Prepared> {
  const after = prepared.change && bindingAfter(prepared.change);
  const { boardId, byRef, snapshot, before } = asking;
  if (after === undefined || !isSecretary(snapshot, byRef)) return prepared;
  const { issues, notes, lists, snapshot: then } = await store.readBy(boardId, before, after);
  if (issues.length > 0) return refused(issues);
  if (!then) return prepared;
  const trial = bindingTrial(snapshot, then, lists, byRef);
  if (trial.issues.length > 0) return refused(trial.issues);
  return { ...prepared, notes: [...trial.notes, ...notes] };
}

export async function bindingChoices(
  store: Store,
  { boardId, byRef, snapshot }: Omit<Asking, 'before'>,
  list: string,
  title: string | undefined,
): Promise<
  | { readonly kind: 'refused'; readonly issues: readonly InputIssue[] }
  | { readonly kind: 'choices'; readonly choices: BindingChoices }
> {
  if (!isSecretary(snapshot, byRef)) return { kind: 'refused', issues: [{ field: 'byRef', message: secretaryOnly }] };
  return { kind: 'choices', choices: await store.choices(boardId, list, title) };
}

function refused(issues: readonly InputIssue[]): Prepared {
  return { issues, notes: [] };
}

/** The binding that a change leaves; undefined for one about other rows. */
function bindingAfter(change: SettingChange): SettingValue | undefined {
  if (change.kind === 'binding') return change.after;
  if (change.kind !== 'put-back') return undefined;
  return change.parts.flatMap((one) => (one.row === 'binding' ? [one.after] : []))[0];
}
