// Which keys do what, and whether the ? key shows this list.
import { Button, Checkbox } from '@fluentui/react-components';
import { useRef, useState } from 'react';
import { isQuestionKeyOn, setQuestionKey } from '../questionKey';
import { ModalDialog } from './ModalDialog';

const keys: readonly (readonly [string, string])[] = [
  ['Tab', 'Goes to the next link, button or field; with Shift to the one before'],
  ['Enter', 'Opens a link, presses a button'],
  ['Space', 'Presses a button, ticks a box, opens what is folded'],
  ['Ctrl+K', 'Searches the board; arrows choose, Enter opens'],
  ['Escape', 'Closes search and questions, and goes back to where you were'],
  ['?', 'Shows this list'],
];

export default function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  // Not on the first control, where Space would change it.
  const title = useRef<HTMLHeadingElement>(null);
  const [isOn, setOn] = useState(isQuestionKeyOn);
  return (
    <ModalDialog className="ask" name={{ headingId: 'keys-title' }} first={title} onClose={onClose}>
      <h2 id="keys-title" tabIndex={-1} ref={title}>
        Keys
      </h2>
      <dl className="facts">
        {keys.map(([key, does]) => (
          <div key={key}>
            <dt>{key}</dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <Checkbox
        label="The ? key shows this list"
        checked={isOn}
        onChange={(_event, { checked }) => {
          setOn(checked === true);
          setQuestionKey(checked === true);
        }}
      />
      <div className="acts">
        <Button appearance="primary" onClick={onClose}>
          Close
        </Button>
      </div>
    </ModalDialog>
  );
}
