// Notes which operations of Graph the product calls, for comparing them with the permissions it asks for.
import { appendFileSync } from 'node:fs';

interface Call {
  readonly method: string;
  /** `sites/:site/lists`; never an address with names in it. */
  readonly pattern: string;
  readonly agent: string;
}

/** How the product names itself to Graph; tests that ask by themselves do not. */
const product = 'NONISV|BoardAssistant|';

/** Appends each operation once to the file that GRAPH_CALLS_FILE names; without it, notes nothing. */
export function createCallRecord(file = process.env['GRAPH_CALLS_FILE']): (call: Call) => void {
  if (file === undefined || file === '') return () => undefined;
  const noted = new Set<string>();
  return ({ method, pattern, agent }) => {
    const line = `${method} ${pattern}`;
    if (!agent.startsWith(product) || noted.has(line)) return;
    noted.add(line);
    appendFileSync(file, `${line}\n`);
  };
}
