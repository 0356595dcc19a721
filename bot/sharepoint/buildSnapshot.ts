// The rows in memory as one snapshot of the board's records; a list is parsed again only when its rows changed.
import { clauseRecordFindings } from '../board/clauseRecords';
import type { BoardSnapshot, Finding } from '../board/model';
import type { ValueContext } from './columnNames';
import { parseWith } from './parseItems';
import type { ParsedList } from './parseItems';
import type { RecordOf, ShapeName } from './recordShapes';
import { schemaOf } from './replica';
import { RowParsers } from './rowParsers';
import type { Replica } from './boardReplica';
import type { Rows } from './replica';

interface ParsedFrom<K extends ShapeName> {
  readonly from: Rows;
  readonly context: ValueContext;
  readonly parsed: ParsedList<K>;
}
type ParsedLists = { [K in ShapeName]?: ParsedFrom<K> };

const noRows: Rows = new Map();

export class SnapshotBuilder {
  readonly parsers = new RowParsers();
  private readonly parsed: ParsedLists = {};

  build(replica: Replica): BoardSnapshot {
    const { settings } = replica.settings;
    const findings = [...replica.findings];
    const of = <K extends ShapeName>(kind: K) => this.recordsOf(replica, kind, findings);
    const people = of('person');
    findings.push(...clauseRecordFindings(settings.clauses ?? {}, people));
    return {
      readAt: replica.readAt,
      facts: settings.facts,
      policy: settings.policy,
      areas: of('area'),
      bodies: of('body'),
      people,
      actions: of('action'),
      milestones: of('milestone'),
      risks: of('risk'),
      mitigations: of('mitigation'),
      measures: of('measure'),
      readings: of('reading'),
      evidence: of('evidence'),
      coProduction: of('coProduction'),
      meetings: of('meeting'),
      attendance: of('attendance'),
      requests: of('request'),
      updates: of('update'),
      dateChanges: of('dateChange'),
      decisions: of('decision'),
      invitations: of('invitation'),
      dispatches: of('dispatch'),
      adviserNotes: of('adviserNote'),
      reviews: of('review'),
      loggedRows: of('loggedRow'),
      running: settings.running,
      ...(settings.clauses ? { clauseRecords: settings.clauses } : {}),
      findings,
    };
  }

  private recordsOf<K extends ShapeName>(replica: Replica, kind: K, findings: Finding[]): readonly RecordOf<K>[] {
    const list = schemaOf(kind);
    const { context } = replica.bound;
    const from = replica.lists.get(list.name)?.items ?? noRows;
    const missing = replica.places.get(list.name)?.missing ?? new Set<string>();
    const known: ParsedFrom<K> | undefined = this.parsed[kind];
    const current =
      known?.from === from && known.context === context
        ? known
        : { from, context, parsed: parseWith(this.parsers.of(kind, context, missing), from.values()) };
    const cache: { [P in K]?: ParsedFrom<P> } = this.parsed;
    cache[kind] = current;
    findings.push(...current.parsed.findings);
    return current.parsed.records;
  }
}
