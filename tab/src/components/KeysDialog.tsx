// Which keys do what, in a native dialog: it keeps the focus inside and gives it back.
import { Button, Checkbox } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { isQuestionKeyOn, setQuestionKey } from '../questionKey';

const keys: readonly (readonly [string, string])[] = [
  ['Tab', 'Goes to the next link, button or field; with Shift to the one before'],
  ['Enter', 'Opens a link, presses a button'],
  ['Space', 'Presses a button, ticks a box, opens what is folded'],
  ['Ctrl+K', 'Searches the board; arrows choose, Enter opens'],
  ['Escape', 'Closes search and questions, and goes back to where you were'],
  ['?', 'Shows this list'],
];

export default function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const [isOn, setOn] = useState(isQuestionKeyOn);
  useEffect(() => {
    const element = dialog.current;
    if (element && !element.open) element.showModal();
    // Not on the first control, where Space would change it.
    title.current?.focus();
  }, []);
  return (
    <dialog ref={dialog} className="ask" aria-labelledby="keys-title" onClose={onClose}>
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
        <Button appearance="primary" onClick={() => dialog.current?.close()}>
          Close
        </Button>
      </div>
    </dialog>
  );
}
