// Where the tab shows a record, and the address of a page as people open it.
import type { Ref, SubjectKind } from '../board/model';
import type { TabAddress } from '../cards/messageShape';

/** The page of a record, from `/tab/` on; the board's first page where a kind has none of its own. */
export function tabPageOf(kind: SubjectKind, ref: Ref): string {
  return ownPageOf(kind, ref) ?? '/tab/';
}

export function ownPageOf(kind: SubjectKind, ref: Ref): string | undefined {
  if (kind === 'action') return `/tab/actions/${ref}`;
  if (kind === 'measure') return `/tab/measures/${ref}`;
  if (kind === 'risk') return `/tab/risks#${ref}`;
  if (kind === 'mitigation') return `/tab/risks#${ref.split('.')[0] ?? ref}`;
  return undefined;
}

/**
 * With the app's id in the catalogue of Teams a page opens there; without it in the browser. Where the service looks after
 * several boards, the address names its own: who belongs to two would see the first.
 */
export function tabAddressOf(settings: {
  readonly publicUrl: string;
  readonly teamsAppId?: string | undefined;
  readonly boards?: readonly unknown[];
}): TabAddress {
  const origin = settings.publicUrl.replace(/\/+$/, '');
  const { teamsAppId, boards = [] } = settings;
  return (anyPage, boardId) => {
    const page = boards.length > 1 ? ofBoard(anyPage, boardId) : anyPage;
    const url = `${origin}${page}`;
    if (teamsAppId === undefined) return url;
    const context = encodeURIComponent(JSON.stringify({ subEntityId: page.replace(/^\/tab\//, '') }));
    return `https://teams.microsoft.com/l/entity/${teamsAppId}/board?webUrl=${encodeURIComponent(url)}&context=${context}`;
  };
}

function ofBoard(page: string, boardId: string): string {
  const [address = '', hash] = page.split('#');
  const named = `${address}${address.includes('?') ? '&' : '?'}board=${encodeURIComponent(boardId)}`;
  return hash === undefined ? named : `${named}#${hash}`;
}
