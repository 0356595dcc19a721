// Ways on from a page: its link for a chat, and from a channel or meeting the same page where there is room.
import { Button } from '@fluentui/react-components';
import { useContext, useState } from 'react';
import { subPageOf } from '../deepLinks';
import { TeamsContext } from '../teams';

export function PageLinks({ title }: { readonly title: string }) {
  const teams = useContext(TeamsContext);
  const [said, setSaid] = useState('');

  async function copy(): Promise<void> {
    const { href } = window.location;
    // Teams shows its own link, which opens the page within Teams.
    if (teams) return teams.shareLink({ subPageId: subPageOf(window.location), label: title, webUrl: href });
    const done = await navigator.clipboard.writeText(href).then(
      () => true,
      () => false,
    );
    setSaid(done ? 'Link copied.' : 'The link could not be copied: take it from the address bar.');
  }

  async function open(): Promise<void> {
    await teams
      ?.openInApp(subPageOf(window.location))
      .catch(() => setSaid('Teams could not open it. Open Board Assistant from Apps.'));
  }

  return (
    <span className="no-print">
      <Button size="small" appearance="transparent" onClick={() => void copy()}>
        Copy link
      </Button>
      {teams && !teams.isPersonal && (
        <Button size="small" appearance="transparent" onClick={() => void open()}>
          Open in the app
        </Button>
      )}
      <span role="status">{said}</span>
    </span>
  );
}
