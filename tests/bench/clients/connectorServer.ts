// The stand-in for Teams in a process of its own, so that what it counts is not slowed by who sends.
import { startConnector, type Connector } from '../../fixtures/connector/connector';
import { mostWithin } from '../../fixtures/connector/limits';

let connector: Connector;

/** Facts: its port. */
export async function start({ perSecond, latencyMs }: { readonly perSecond: number; readonly latencyMs: number }) {
  connector = await startConnector({ perSecond, latencyMs });
  return { facts: { port: connector.port } };
}

/** Requests a second, from now on. Facts: the moment. */
export async function limit(perSecond: number) {
  connector.limit(perSecond);
  return { facts: { atMs: performance.timeOrigin + performance.now() } };
}

/** Facts: of the conversations that begin so, what arrived and what became of it since the connector started. */
export async function counted(prefix: string) {
  const accepted = connector.accepted.filter((one) => one.conversation.startsWith(prefix));
  const times = new Map<string, number>();
  for (const { conversation, summary } of accepted) {
    const message = `${conversation} ${summary}`;
    times.set(message, (times.get(message) ?? 0) + 1);
  }
  return {
    facts: {
      acceptedAtMs: accepted.map((one) => one.atMs),
      twice: [...times.values()].filter((one) => one > 1).length,
      refused: connector.limited.tenant + connector.limited.conversation,
      mostInASecond: mostWithin(connector.arrivals, 1000),
      early: connector.early.length,
      malformed: connector.malformed.length,
    },
  };
}

export async function stop(): Promise<void> {
  await connector?.close();
}
