// Why the rules say what they say: the reasons of a rating under a heading; nothing where there are none.
import type { ActionResponse } from '../../../bot/api/contract';

export function Reasons({
  title,
  reasons,
}: {
  readonly title: string;
  readonly reasons: ActionResponse['slowReasons'];
}) {
  if (reasons.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul className="reasons">
        {reasons.map((one) => (
          <li key={one.rule + one.text}>{one.text}</li>
        ))}
      </ul>
    </>
  );
}
