// Before a reminder leaves: exactly who gets it and by which way, who does not and why, and one button.
import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import { counted } from '../words';
import type { AskedPerson } from './AskedTable';
import { ModalDialog } from './ModalDialog';

export function RemindDialog(props: {
  readonly people: readonly AskedPerson[];
  readonly onSend: (people: readonly AskedPerson[]) => Promise<void>;
  readonly onClose: () => void;
}) {
  const [isSending, setSending] = useState(false);
  const goes = props.people.filter((one) => one.nudgeBy !== undefined);
  const stays = props.people.filter((one) => one.nudgeBy === undefined);
  const send = async (): Promise<void> => {
    setSending(true);
    await props.onSend(goes);
  };
  return (
    <ModalDialog className="ask" name={{ headingId: 'remind-title' }} onClose={props.onClose}>
      <h2 id="remind-title">{`A reminder goes to ${counted(goes.length, 'person', 'people')}`}</h2>
      <ul className="rows">
        {goes.map((one) => (
          <li key={one.personRef}>
            <p className="row-title">{one.name}</p>
            <p className="quiet">{`By ${one.nudgeBy}: ${one.outstanding.map((item) => item.ref).join(', ')}`}</p>
          </li>
        ))}
      </ul>
      {stays.length > 0 && (
        <>
          <h3>{`Not now to ${counted(stays.length, 'person', 'people')}`}</h3>
          <ul className="reasons">
            {stays.map((one) => (
              <li key={one.personRef}>{`${one.name}: ${one.notNow ?? 'Nothing is outstanding.'}`}</li>
            ))}
          </ul>
        </>
      )}
      <div className="acts">
        <Button appearance="primary" disabledFocusable={isSending} onClick={() => void send()}>
          {isSending ? 'Sending …' : `Send ${counted(goes.length, 'reminder')}`}
        </Button>
        <Button onClick={props.onClose}>Cancel</Button>
      </div>
    </ModalDialog>
  );
}
