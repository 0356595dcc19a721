// Looks through what people wrote in a log for personal data, before it is frozen and shared.
import type { CompiledLog, LoggedClause } from './logShape';
import type { Ref } from './model';
import { checkText, type PrivacyHit } from './privacy';

/** Where and of what kind; never the text. */
export interface LogPrivacyFinding extends PrivacyHit {
  readonly ref: Ref;
  readonly field: string;
}

/** Between what people wrote stand sentences that count actions and families, so that only identifiers tell anything. */
function clauseTexts({ clause, evidence, confirmedBy }: LoggedClause) {
  return [
    ...evidence.map((one) => [one.ref, `clause ${clause}`, one.text] as const),
    [`clause ${clause}`, 'confirmation', confirmedBy?.text] as const,
  ];
}

export function checkLogTexts(log: CompiledLog): readonly LogPrivacyFinding[] {
  const { sections } = log;
  const texts: (readonly [Ref, string, string | undefined])[] = [
    ...log.actions.flatMap(({ ref, detail }) => [
      [ref, 'title', detail.title] as const,
      [ref, 'narrative', detail.lastUpdate?.narrative] as const,
      [ref, 'blocker', detail.blocker?.text] as const,
      [ref, 'effect', detail.effectText] as const,
      [ref, 'reply', detail.reply] as const,
      ...[...detail.evidenceFor, ...detail.evidenceAgainst].map((one) => [one.ref, 'summary', one.summary] as const),
    ]),
    ...log.risks.map(({ ref, detail }) => [ref, 'title', detail.title] as const),
    ...sections.livedExperience.flatMap((area) => area.voices.map((one) => [one.ref, 'summary', one.summary] as const)),
    ...sections.coProduction.flatMap((one) => [
      [one.ref, 'did', one.did] as const,
      [one.ref, 'changed', one.changed] as const,
    ]),
    ...sections.dateChanges.map((one) => [one.ref, 'reason', one.reason] as const),
    ...sections.decisions.map((one) => [one.ref, 'text', one.text] as const),
    [log.meetingRef, 'reason', log.corrects?.reason] as const,
  ];
  const found = new Map<string, LogPrivacyFinding>();
  for (const [ref, field, text] of texts)
    for (const hit of checkText(text ?? '')) found.set(`${ref}/${field}/${hit.kind}`, { ref, field, ...hit });
  for (const [ref, field, text] of (log.clauses ?? []).flatMap(clauseTexts))
    for (const hit of checkText(text ?? ''))
      if (hit.level === 'refused') found.set(`${ref}/${field}/${hit.kind}`, { ref, field, ...hit });
  return [...found.values()];
}
