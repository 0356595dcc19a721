// What is wrong with a board's site, as findings that say how to mend it, and a binding proposed; writes nothing.
import type { BoardSnapshot, Finding } from '../board/model';
import { shownName } from '../board/siteNames';
import { ConflictError, NotAuthorisedError, NotFoundError, UpstreamError } from '../errors';
import type { BoardRecords } from '../services/ports';
import type { Binding } from './binding';
import type { ListBinding } from './bindingSchema';
import type { BoardSite } from './boardRecords';
import type { Graph } from './graphClient';
import { leftOutFindings, readBoundLists, versionFindings } from './boundLists';
import { lists } from './lists';
import type { ColumnSchema, ListSchema } from './lists';
import type { Proposal } from './proposal';
import { provision } from './provision';
import type { ProvisionStep } from './provision';
import { bindingIn, settingRowsIfAny } from './settingsList';
import type { SettingRow } from './settingsList';
import { strangeSettings } from './settingKeys';
import { findSite, itemPath, listPath, readListIds } from './siteLists';
import { proposeForSite } from './siteProposal';
import { unknownWords, wordFinding } from './wordCheck';

export interface DoctorSettings {
  readonly graph: Graph;
  readonly board: BoardSite;
  readonly records: BoardRecords;
}

export interface Examination {
  readonly findings: readonly Finding[];
  /** Where the site may have what is missing or not known under another name. */
  readonly proposal?: Proposal;
}

/** Rights, lists, columns and the library; then every row that does not parse and every person who cannot be reached. */
export async function doctor(settings: DoctorSettings): Promise<Examination> {
  const { graph, board } = settings;
  const rows = await settingRowsIfAny({ graph, siteUrl: board.siteUrl, boardId: board.id });
  const { binding, findings: misfits } = bindingIn(rows, board.id);
  const { steps } = await provision({ graph, siteUrl: board.siteUrl, dryRun: true, binding });
  const site = await findSite(graph, board.siteUrl);
  const listIds = await readListIds(graph, site.id);
  const rights = await missingRights(graph, site.id, listIds, rows);
  const lacking = lackingColumns(steps, binding);
  const bound = await readBoundLists(
    ...([graph, site.id, listIds, binding] as const),
    (list) => new Set((lacking.get(list.name) ?? []).map((one) => one.name)),
  );
  const words = bound.flatMap((one) =>
    unknownWords(
      one.list,
      binding,
      one.rows.map((row) => row.fields),
    ),
  );
  const ground = { graph, siteId: site.id, listIds, binding, rows, boardId: board.id, lacking, words };
  const proposal = await proposeForSite(ground);
  const findings = [
    ...rights,
    ...misfits,
    ...strangeSettings(rows),
    ...steps.map((step) => findingOf(step, binding, proposal)),
    ...(await versionFindings(graph, site.id, listIds, bound)),
    ...words.map((one) => wordFinding(one, binding)),
  ];
  const onRows = await rowFindings(settings, findings);
  return {
    findings: [...findings, ...onRows, ...leftOutFindings(bound, binding, onRows)],
    ...(proposal === undefined ? {} : { proposal }),
  };
}

/** By our name for the list, the columns that provision would add to a list that is there. */
function lackingColumns(
  steps: readonly ProvisionStep[],
  binding: Binding,
): ReadonlyMap<string, readonly ColumnSchema[]> {
  return new Map(
    lists.map((list) => {
      const added = steps.filter((one) => one.kind === 'addColumn' && one.list === binding.titleOf(list));
      return [
        list.name,
        list.columns.filter((column) => added.some((one) => one.column === binding.columnOf(list, column))),
      ];
    }),
  );
}

/** A missing list or column is said already, by the plan of what to add, with its mending. */
const structural: ReadonlySet<string> = new Set(['list-missing', 'column-missing']);

async function rowFindings(settings: DoctorSettings, before: readonly Finding[]): Promise<readonly Finding[]> {
  try {
    const snapshot = await settings.records.refresh(settings.board.id);
    const known = new Set(before.flatMap((one) => [`${one.rule} ${one.ref}`, one.text]));
    const others = snapshot.findings.filter(
      (one) => !structural.has(one.rule) && !known.has(`${one.rule} ${one.ref}`) && !known.has(one.text),
    );
    return [...others.map(withMending), ...peopleFindings(snapshot)];
  } catch (error) {
    // Without its main lists the board cannot be read; that they are missing is among the findings.
    if (!(error instanceof NotFoundError) || before.length === 0) throw error;
    return [];
  }
}

function withMending(finding: Finding): Finding {
  if (finding.rule !== 'row-not-understood') return finding;
  return { ...finding, text: `${finding.text} Mend the row in SharePoint, or say in the binding what it means.` };
}

function peopleFindings(snapshot: BoardSnapshot): readonly Finding[] {
  return snapshot.people
    .filter((person) => person.email === undefined)
    .map((person) => ({
      rule: 'person-without-address',
      level: 'finding',
      ref: person.ref,
      text: `${person.name} has no e-mail address in the list People: no message reaches them. Add it there.`,
      records: [person.ref],
    }));
}

/** An eTag that no row has: a write under it is refused as outdated (412) where writing is allowed, so nothing is written. */
const noVersion = '"00000000-0000-0000-0000-000000000000,0"';

/** What can be asked without writing: to read the site's people, to be told of changes, to write, to subscribe. */
async function missingRights(
  graph: Graph,
  siteId: string,
  listIds: ReadonlyMap<string, string>,
  rows: readonly SettingRow[],
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const ask = async (rule: string, text: string, question: () => Promise<unknown>): Promise<void> => {
    try {
      await question();
    } catch (error) {
      if (error instanceof NotAuthorisedError) findings.push(rightMissing(rule, text));
      // Answered otherwise than by a refusal of the right: the right is there, or cannot be asked for.
      else if (!(error instanceof ConflictError || error instanceof NotFoundError || isUnasked(error))) throw error;
    }
  };
  const settingsId = listIds.get('Settings');
  if (settingsId !== undefined) {
    await ask(
      'delta-refused',
      'SharePoint does not let the assistant ask for changes alone: each reading is a full one. Grant the application Sites.Read.All, or accept slower readings.',
      () => graph.get(`${listPath(siteId, settingsId)}/items/delta?token=latest`),
    );
    const itemId = rows[0]?.stamp?.itemId;
    if (itemId !== undefined) {
      await ask(
        'write-refused',
        'SharePoint does not let the assistant write: answers cannot be kept. Grant the application the role "write" on the site; docs/install.md says how.',
        () => graph.patch(itemPath(siteId, settingsId, itemId), { fields: {} }, { ifMatch: noVersion }),
      );
    }
  }
  await ask(
    'subscriptions-refused',
    'Microsoft Graph does not let the assistant subscribe to changes: it looks for them itself, every 60 seconds while somebody looks. Nothing need be done.',
    () => graph.get('subscriptions'),
  );
  return findings;
}

/** The server does not know the question, or does not understand it: that says nothing about the right. */
function isUnasked(error: unknown): boolean {
  return error instanceof UpstreamError && (error.status === 501 || error.status === 400 || error.status === 405);
}

function rightMissing(rule: string, text: string): Finding {
  return { rule, level: 'finding', ref: 'Microsoft Graph', text, records: [] };
}

const rules: Readonly<Record<ProvisionStep['kind'], string>> = {
  createList: 'list-missing',
  createLibrary: 'library-missing',
  addColumn: 'column-missing',
  changeColumn: 'column-not-as-needed',
  byHand: 'column-of-other-type',
};

function findingOf(step: ProvisionStep, binding: Binding, proposal: Proposal | undefined): Finding {
  const list = lists.find((one) => binding.titleOf(one) === step.list);
  const proposed = list && proposal?.binding.lists?.[list.name];
  const theirs =
    step.kind === 'createList'
      ? proposed?.title && `list ${proposed.title}`
      : step.kind === 'addColumn' && list && proposed
        ? proposedColumn(list, step, binding, proposed)
        : undefined;
  const how =
    theirs !== undefined
      ? ` Or it is the ${theirs}: choose it on the page Settings, or let "npm run board -- doctor --propose FILE" write a binding that says so.`
      : step.kind === 'byHand'
        ? ''
        : ' "npm run board -- provision" does it.';
  return { rule: rules[step.kind], level: 'finding', ref: step.list, text: `${step.text}${how}`, records: [] };
}

/** The column of theirs that a missing one of ours may be. */
function proposedColumn(
  list: ListSchema,
  step: ProvisionStep,
  binding: Binding,
  { columns }: ListBinding,
): string | undefined {
  const column = list.columns.find((one) => binding.columnOf(list, one) === step.column);
  const given = column && columns?.[column.name];
  const name = typeof given === 'string' ? given : given?.name;
  return name === undefined || name === step.column ? undefined : `column ${shownName(name)}`;
}
