// What changed in a list since a token: pages in order of change, consistent while writes go on, and scripted trouble.
import { contentTypeOf, itemReader, listOf } from './graphItems';
import type { DeltaFault } from './faults';
import { linkTo, type GraphCall, type GraphResponse, type Operation } from './graph';
import { GraphFailure } from './graphError';
import { contextOf } from './graphLists';
import { defaultPage, largestPage } from './listQuery';
import type { LocalList } from './localItems';
import { readQuery } from './odata';
import { createRandom, shuffled } from './random';
import type { Item } from './records';
import { site, type Tenant } from './tenant';

/** Where a reading stands. */
interface Position {
  /** Changes up to this number are known to the client. */
  readonly after: number;
  /** Pages this reading has given. */
  readonly pages: number;
  /** The page before was a scripted empty one: the next is not. */
  readonly wasEmpty: boolean;
}
const start: Position = { after: 0, pages: 0, wasEmpty: false };

export function graphDeltaOperations(tenant: Tenant): readonly Operation[] {
  function getDelta(call: GraphCall): GraphResponse {
    const list = listOf(tenant, call);
    const query = readQuery(call.query, ['select', 'expand', 'top', 'token']);
    const fault = call.request.shaping?.kind === 'delta' ? call.request.shaping : undefined;
    const show = itemReader(tenant, list, query, { ofMany: true });
    const next = (at: Position): Record<string, string> => ({ '@odata.nextLink': linkTo(call, tokenOf(list, at)) });
    const done = (): Record<string, string> => ({
      '@odata.deltaLink': linkTo(call, tokenOf(list, { ...start, after: tenant.sequence() })),
    });
    if (fault?.refuse === true) throw new GraphFailure(403, 'accessDenied', 'Access denied');
    if (query.token === 'latest') return deltaPage(call, [], done());

    const at = query.token === undefined ? start : readToken(call, list, query.token);
    if (fault?.expireAfterPage !== undefined && at.pages >= fault.expireAfterPage) {
      // Once: the reading that starts anew is let through.
      delete fault.expireAfterPage;
      throw expired(call, fault.code);
    }
    if (fault?.emptyPage === true && !at.wasEmpty) return deltaPage(call, [], next({ ...at, wasEmpty: true }));

    // Later pages of a first reading show deletions too: the row may have been on an earlier page.
    const isFirst = query.token === undefined;
    const top = Math.min(query.top ?? defaultPage, fault?.pageRows ?? largestPage, largestPage);
    const { rows, known, goesOn } = changesAfter(list, at.after, top, isFirst);
    const last = rows.at(-1);
    const link = last && goesOn ? next({ after: last.seq, pages: at.pages + 1, wasEmpty: false }) : done();
    const shown = fault ? disturbed(rows, known, fault, at) : rows;
    return deltaPage(
      call,
      shown.map((one) => (one.deleted ? deletedItem(list, one) : show(one))),
      link,
    );
  }

  const items = 'sites/:site/lists/:list/items';
  const units = (call: GraphCall): number => (call.query.has('token') || call.query.has('$token') ? 1 : 2);
  return [
    { method: 'GET', pattern: `${items}/delta`, units, handle: getDelta },
    { method: 'GET', pattern: `${items}/delta()`, units, handle: getDelta },
  ];
}

function changesAfter(
  list: LocalList,
  after: number,
  top: number,
  isFirst: boolean,
): { readonly rows: readonly Item[]; readonly known: readonly Item[]; readonly goesOn: boolean } {
  const rows: Item[] = [];
  const known: Item[] = [];
  for (const item of list.byChange.values()) {
    if (item.seq <= after) known.push(item);
    else if (isFirst && item.deleted) continue;
    else if (rows.length === top) return { rows, known, goesOn: true };
    else rows.push(item);
  }
  return { rows, known, goesOn: false };
}

/** The page with rows given twice, rows the client has already, and another order: the documents allow all three. */
function disturbed(rows: readonly Item[], known: readonly Item[], fault: DeltaFault, at: Position): readonly Item[] {
  const random = createRandom(`${fault.seed};${at.after};${at.pages}`);
  const repeats = rows.filter(() => random() < fault.repeat);
  const replays = known.slice(-rows.length).filter(() => random() < fault.repeat);
  const all = [...replays, ...rows, ...repeats];
  return fault.shuffle ? shuffled(all, random) : all;
}

function deltaPage(
  call: GraphCall,
  value: readonly Record<string, unknown>[],
  link: Readonly<Record<string, string>>,
): GraphResponse {
  return { status: 200, body: { ...contextOf(call, 'Collection(listItem)'), value, ...link } };
}

function deletedItem(list: LocalList, item: Item): Record<string, unknown> {
  return {
    id: String(item.id),
    parentReference: { siteId: site.id },
    contentType: contentTypeOf(list),
    deleted: { state: 'deleted' },
  };
}

function tokenOf(list: LocalList, at: Position): { readonly token: string } {
  const state = ['delta', list.record.id, at.after, at.pages, at.wasEmpty ? 'empty' : ''].join(';');
  return { token: Buffer.from(state).toString('base64url') };
}

function readToken(call: GraphCall, list: LocalList, token: string): Position {
  const [mark, listId, after = '', pages = '', empty] = Buffer.from(token, 'base64url').toString().split(';');
  if (mark !== 'delta' || listId !== list.record.id || !/^\d+$/.test(after) || !/^\d+$/.test(pages))
    throw expired(call, 'resyncChangesApplyDifferences');
  return { after: Number(after), pages: Number(pages), wasEmpty: empty === 'empty' };
}

/** 410 with the address of a fresh reading, its options kept. */
function expired(call: GraphCall, code: string): GraphFailure {
  return new GraphFailure(410, code, 'The token is not valid any more: read the list again.', {
    headers: { Location: linkTo(call, {}) },
  });
}
