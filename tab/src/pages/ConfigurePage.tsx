// Adding the tab to a channel or a meeting: which board and which page it shows; Teams keeps what is chosen on Save.
import { Field, Select } from '@fluentui/react-components';
import { useContext, useEffect, useState } from 'react';
import type { MeResponse } from '../../../bot/api/contract';
import { PageTitle } from '../components/PageTitle';
import { addressOf, pageList } from '../pageList';
import { isPageName, type PageName } from '../pageNames';
import { TeamsContext, type TabSettings } from '../teams';

interface Choice {
  readonly boardId: string;
  readonly page: PageName;
}

export function ConfigurePage({ me }: { readonly me: MeResponse }) {
  const teams = useContext(TeamsContext);
  const [choice, setChoice] = useState<Choice>({ boardId: me.boardId, page: me.pages[0] ?? 'board' });
  const isWhole = me.boards.some((one) => one.id === choice.boardId) && me.pages.includes(choice.page);

  useEffect(() => {
    void teams?.settings().then(({ contentUrl }) => {
      const before = contentUrl === undefined ? undefined : choiceOf(contentUrl);
      if (before) setChoice((now) => ({ ...now, ...before }));
    });
  }, [teams]);
  useEffect(() => {
    teams?.mayBeSaved(isWhole);
    teams?.onSave(() => settingsOf(choice));
  }, [teams, choice, isWhole]);

  if (teams?.place !== 'settings')
    return (
      <>
        <PageTitle>Add the board to a channel in Teams</PageTitle>
        <p className="lead">
          In the channel or the meeting choose + (Add a tab), then Board Assistant: this page opens there.
        </p>
      </>
    );
  return (
    <>
      <PageTitle>What this tab shows</PageTitle>
      <p className="lead">Everybody sees it as their part on the board allows. Others see nothing of it.</p>
      <div className="choose">
        {me.boards.length > 1 && (
          <Field label="Board">
            <Select value={choice.boardId} onChange={(_event, { value }) => setChoice({ ...choice, boardId: value })}>
              {me.boards.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
            </Select>
          </Field>
        )}
        <Field label="Page" hint={`The tab will be called “${nameOf(choice.page)}”. All other pages open from it.`}>
          <Select
            value={choice.page}
            onChange={(_event, { value }) => isPageName(value) && setChoice({ ...choice, page: value })}
          >
            {me.pages.map((one) => (
              <option key={one} value={one}>
                {pageList[one].title}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <p className="quiet">Press Save below to add it.</p>
    </>
  );
}

function nameOf(page: PageName): string {
  return page === 'board' ? 'Board' : `Board ${pageList[page].title.toLowerCase()}`;
}

function settingsOf({ boardId, page }: Choice): TabSettings {
  const url = new URL(addressOf(page), window.location.origin);
  url.searchParams.set('board', boardId);
  return {
    contentUrl: url.href,
    websiteUrl: url.href,
    entityId: `${boardId}/${page}`,
    suggestedDisplayName: nameOf(page),
  };
}

/** What an address of the tab shows, as far as it says so. */
function choiceOf(contentUrl: string): Partial<Choice> {
  if (!URL.canParse(contentUrl)) return {};
  const url = new URL(contentUrl);
  const boardId = url.searchParams.get('board');
  const [page = ''] = url.pathname.replace(/^\/tab\//, '').split('/');
  return {
    ...(boardId === null ? {} : { boardId }),
    ...(page === '' ? { page: 'board' as const } : isPageName(page) ? { page } : {}),
  };
}
