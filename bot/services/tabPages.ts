// Where the tab shows a record, and the address of a page as people open it.
import type { Ref, SubjectKind } from '../board/model';

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

/** With the app's id in the catalogue of Teams a page opens there; without it in the browser. `page` is from `/tab/` on. */
export function tabAddressOf(settings: {
  readonly publicUrl: string;
  readonly teamsAppId?: string | undefined;
}): (page: string) => string {
  const origin = settings.publicUrl.replace(/\/+$/, '');
  const { teamsAppId } = settings;
  return (page) => {
    const url = `${origin}${page}`;
    if (teamsAppId === undefined) return url;
    const context = encodeURIComponent(JSON.stringify({ subEntityId: page.replace(/^\/tab\//, '') }));
    return `https://teams.microsoft.com/l/entity/${teamsAppId}/board?webUrl=${encodeURIComponent(url)}&context=${context}`;
  };
}
