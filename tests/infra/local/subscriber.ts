// A subscriber to change notifications on loopback: answers as told, and lets a test wait for what it gets.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { objectOf, valuesOf, type Body } from './localGraph';

export interface Delivery {
  readonly body: Body;
  readonly entries: readonly Body[];
}

export interface Subscriber {
  readonly url: string;
  /** Every validation token that was asked, decoded. */
  readonly tokens: readonly string[];
  /** How handshakes and deliveries are answered from now on. */
  answerWith(part: Partial<Answers>): void;
  /** The next delivery that has not been taken yet. */
  next(): Promise<Delivery>;
  /** Deliveries that nobody has taken. */
  waiting(): number;
  close(): Promise<void>;
}

interface Answers {
  handshake(token: string): { readonly status: number; readonly type: string; readonly text: string };
  /** The status of each delivery; undefined leaves it without an answer. */
  delivery(count: number): number | undefined;
}

export async function startSubscriber(): Promise<Subscriber> {
  const tokens: string[] = [];
  const arrived: Delivery[] = [];
  const takers: ((one: Delivery) => void)[] = [];
  let count = 0;
  let answers: Answers = {
    handshake: (token) => ({ status: 200, type: 'text/plain; charset=utf-8', text: token }),
    delivery: () => 202,
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const token = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams.get('validationToken');
    if (token !== null) {
      tokens.push(token);
      const { status, type, text } = answers.handshake(token);
      response.writeHead(status, { 'Content-Type': type }).end(text);
      return;
    }
    const body = objectOf(JSON.parse(Buffer.concat(chunks).toString('utf8')));
    const delivery = { body, entries: valuesOf(body) };
    const status = answers.delivery(count);
    count += 1;
    if (status !== undefined) response.writeHead(status).end();
    const taker = takers.shift();
    if (taker) taker(delivery);
    else arrived.push(delivery);
  }

  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/notifications`,
    tokens,
    answerWith: (part) => {
      answers = { ...answers, ...part };
    },
    next: () => {
      const one = arrived.shift();
      return one ? Promise.resolve(one) : new Promise((resolve) => takers.push(resolve));
    },
    waiting: () => arrived.length,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
