// What was said about one item, the newest first: one tap from its form and its card.
import type { Ref, SubjectKind } from '../board/model';
import type { AskRow } from '../cards/askList';
import { goneNotice } from '../cards/notice';
import type { NoticeCard } from '../cards/notice';
import { count } from '../board/wording';
import { mayAnswer } from '../services/access';
import type { ViewContext } from '../services/viewContext';
import { viewHistory } from '../services/viewHistory';
import { listed } from './askActions';
import { refNamed } from './commands';
import type { Seat } from './seat';
import { topicSkill } from './topics';
import type { Asked } from './topics';

type Said = ReturnType<typeof viewHistory>[number];

export const historySkill = topicSkill({
  verb: 'history',
  view: 'actions',
  offers: [{ phrase: 'history APA1.04', does: 'what was said about an item, the newest first' }],
  asks({ text }, seat) {
    const wanted = /^\s*history(?: of| for)?[\s:]+(.{1,60})$/i.exec(text)?.[1];
    if (wanted === undefined) return undefined;
    const found = records(seat.view.snapshot).find(({ list }) => refNamed(wanted, refs(list)) !== undefined);
    return found && `${found.kind}:${refNamed(wanted, refs(found.list)) ?? ''}`;
  },
  answer: historyCard,
});

interface NamedRecord {
  readonly ref: Ref;
  readonly ownerRef?: Ref;
  readonly deputyRefs?: readonly Ref[];
}

function records(
  snapshot: Seat['view']['snapshot'],
): readonly { readonly kind: SubjectKind; readonly list: readonly NamedRecord[] }[] {
  return [
    { kind: 'action', list: snapshot.actions },
    { kind: 'risk', list: snapshot.risks },
    { kind: 'mitigation', list: snapshot.mitigations },
    { kind: 'measure', list: snapshot.measures },
  ];
}

function refs(list: readonly NamedRecord[]): readonly Ref[] {
  return list.map((one) => one.ref);
}

function historyCard(context: ViewContext, asked: Asked): NoticeCard {
  const [kind = '', ref = ''] = asked.about.split(':');
  const group = records(context.snapshot).find((one) => one.kind === kind);
  const record = group?.list.find((one) => one.ref === ref);
  if (!group || !record) return goneNotice(ref, context.boardId);
  const rows = viewHistory(context, group.kind, ref).map(rowOf);
  const answerable = mayAnswer(context.snapshot, context.viewer, record);
  return listed(context, asked, {
    verb: 'history',
    heading: `History of ${ref}`,
    lines: rows.length === 0 ? [] : [`${count(rows.length, 'update')}, the newest first.`],
    rows,
    unit: 'update',
    empty: 'Nothing has been said about it yet. An answer given here or in SharePoint appears in this list.',
    more: answerable
      ? { title: `Update ${ref}`, verb: 'open', data: { boardId: context.boardId, kind, ref } }
      : { title: 'Back', verb: 'read', data: { boardId: context.boardId, about: asked.about } },
  });
}

function rowOf(one: Said): AskRow {
  const said = [
    ...(one.noChange ? ['No change.'] : []),
    ...(one.changes.length === 0 ? [] : [`${one.changes.join('; ')}.`]),
    ...(one.narrative === undefined ? [] : [one.narrative]),
    ...(one.effect === undefined ? [] : [`What is different: ${one.effect}`]),
    ...(one.blocker === undefined ? [] : [`In the way: ${one.blocker}`]),
  ];
  const forOwner = one.forOwner === undefined ? '' : ` for ${one.forOwner}`;
  return {
    ref: '',
    title: `${one.words}, ${one.by}${forOwner}`,
    text: said.length === 0 ? 'Nothing was written.' : said.join('\n'),
    foot: routeWords[one.route],
  };
}

const routeWords: Readonly<Record<Said['route'], string>> = {
  'chat card': 'Given in a card of the chat',
  'chat text': 'Given in words in the chat',
  tab: 'Given in the tab',
  SharePoint: 'Changed in SharePoint',
  'e-mail link': 'Given by the link of an e-mail',
  import: 'Taken from an imported plan',
  'operator command': 'Given by a command of the operator',
};
