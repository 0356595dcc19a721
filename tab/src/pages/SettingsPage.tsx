// The board's settings: messages, the notice, quiet days, the figures of the rules, who hands over, the lists, who changed what.
import { useState } from 'react';
import { settingsResponse } from '../../../bot/api/contract';
import { AimDate } from '../components/AimDate';
import { HandOver } from '../components/HandOver';
import { Stale } from '../components/Message';
import { Page, Section } from '../components/Page';
import { PolicyGroups } from '../components/PolicyGroups';
import { QuietDays } from '../components/QuietDays';
import { SendingPause } from '../components/SendingPause';
import { SettingsBinding } from '../components/SettingsBinding';
import { SettingsHistory } from '../components/SettingsHistory';
import { useView } from '../useView';

export function SettingsPage() {
  const view = useView('/settings', settingsResponse);
  /** Changes made here: the history is read again after each. */
  const [changes, setChanges] = useState(0);
  const onDone = async (): Promise<void> => {
    setChanges((before) => before + 1);
    await view.reload();
  };
  return (
    <Page title="Settings" what="the settings" view={view}>
      {(data) => (
        <>
          {data.problems.map((one) => (
            <Stale key={one} text={one} />
          ))}
          <SendingPause data={data} onDone={onDone} />
          <Section id="facts" title="The board and its notice">
            <dl className="facts">
              {data.facts.map((one) => (
                <div key={one.label}>
                  <dt>{one.label}</dt>
                  <dd>{one.value}</dd>
                </div>
              ))}
            </dl>
            {data.mayChange && <AimDate data={data} onDone={onDone} />}
          </Section>
          <QuietDays data={data} onDone={onDone} />
          <PolicyGroups data={data} onDone={onDone} />
          {data.mayChange && <HandOver data={data} onDone={onDone} />}
          <SettingsBinding boardId={data.asOf.boardId} mayChange={data.mayChange} changes={changes} onDone={onDone} />
          <SettingsHistory boardId={data.asOf.boardId} mayChange={data.mayChange} made={changes} onDone={onDone} />
          {!data.mayChange && <p className="quiet">The board’s secretary changes these settings.</p>}
        </>
      )}
    </Page>
  );
}
