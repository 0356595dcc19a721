// Words that may tell who a child or family is: why, and the button by which their writer answers for them.
import { Button, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { Problem } from '../../../bot/api/contract';

/** Nothing where the problem asks for no such answer. */
export function ConfirmWords({ problem, onConfirm }: { readonly problem: Problem; readonly onConfirm: () => void }) {
  if (!problem.warnings) return null;
  return (
    <MessageBar intent="warning" layout="multiline" className="message" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{problem.title}.</MessageBarTitle> {problem.detail}
        <ul>
          {problem.warnings.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
        <Button onClick={onConfirm}>No child or family can be recognised: save</Button>
      </MessageBarBody>
    </MessageBar>
  );
}
