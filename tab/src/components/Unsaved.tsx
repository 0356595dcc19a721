// Why an answer is not saved: somebody changed the same meanwhile, words to confirm, or what does not fit; nothing typed is lost.
import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { Problem } from '../../../bot/api/contract';
import { ConfirmWords } from './ConfirmWords';
import { ProblemMessage } from './Message';

type Changed = NonNullable<Problem['changed']>[number];

/** The form's fields by their names in an answer; messages about others stand below the form. */
const labels: Readonly<Record<string, string>> = {
  deliveryStatus: 'Delivery',
  percentComplete: 'Percentage complete',
  forecastOn: 'You expect to finish on',
  effectStatus: 'Effect',
  narrative: 'What happened',
  effect: 'What is different for children and families',
  blocker: 'What blocks you',
  waitingOnBody: 'The body you wait for',
};
const isShown = (field: string): boolean => Object.hasOwn(labels, field) && field !== 'waitingOnBody';

export function Unsaved({ problem, onConfirm }: { readonly problem: Problem; readonly onConfirm: () => void }) {
  if (problem.changed && problem.changed.length > 0)
    return <Conflict title={problem.title} changed={problem.changed} />;
  if (problem.warnings && problem.warnings.length > 0) return <ConfirmWords problem={problem} onConfirm={onConfirm} />;
  const elsewhere = problem.issues?.filter((one) => !isShown(one.field.replace(/^answer\./, '').split('.')[0] ?? ''));
  return (
    <>
      <ProblemMessage problem={problem} />
      {elsewhere && elsewhere.length > 0 && (
        <ul className="reasons">
          {elsewhere.map((one) => (
            <li key={one.field + one.message}>{one.message}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function Conflict({ title, changed }: { readonly title: string; readonly changed: readonly Changed[] }) {
  const whos = new Set(changed.map(whoChanged));
  const [who] = whos;
  const isOne = whos.size === 1 && who !== undefined;
  return (
    <MessageBar intent="warning" layout="multiline" className="message" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{title}.</MessageBarTitle> {isOne && `${who}, after this form was opened. `}
        Nothing is overwritten yet, and your words are kept. Press Save again to put yours in the place of what is in
        the record.
        <ul>
          {changed.map((one) => (
            <li key={one.field}>
              {`${labels[one.field] ?? one.field}: ${one.theirs} in the record now, ${one.yours} in yours.`}
              {!isOne && whoChanged(one) !== undefined && ` ${whoChanged(one) ?? ''}.`}
            </li>
          ))}
        </ul>
      </MessageBarBody>
    </MessageBar>
  );
}

/** "Marlow Finchley changed it on Monday 6 January 2025, 09:00"; undefined where the record does not say. */
function whoChanged({ by, atWords }: Changed): string | undefined {
  if (by === undefined) return undefined;
  return `${by} changed it${atWords === undefined ? '' : ` on ${atWords}`}`;
}
