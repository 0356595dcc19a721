// The command line as an operator types it, in a process of its own, against the commands of a service on a local board.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import express from 'express';
import { operatorRouter } from '../../bot/api/operator';
import { problemHandler } from '../../bot/api/problems';
import { createOperatorCommands, type CommandDeps } from '../../bot/commands';
import { InvalidInputError } from '../../bot/errors';
import type { LocalBoard } from '../fixtures/localBoard';

const root = path.resolve(__dirname, '../..');
const token = 'a-token-for-this-test';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface OperatorProcess {
  /** The same command as a function of the service: quicker than a process. Refusals in words are `err`. */
  run(name: string, args: Readonly<Record<string, unknown>>): Promise<Ran>;
  cli(...args: readonly string[]): Promise<Ran>;
  /** A file in a folder that ends with it. */
  inFolder(name: string): string;
  close(): Promise<void>;
}

/** `more` is what the commands of the test need beside the board itself. */
export async function startOperator(board: LocalBoard, more: Partial<CommandDeps>): Promise<OperatorProcess> {
  const { graph, records, clock, logger, boards } = board;
  const folder = await mkdtemp(path.join(tmpdir(), 'board-cli-'));
  const inFolder = (name: string): string => path.join(folder, name);
  const deps = { graph, records, clock, logger, config: { boards }, ...more } as unknown as CommandDeps;
  const app = express();
  const commands = createOperatorCommands(deps);
  app.use('/operator', operatorRouter({ token, commands }));
  app.use(problemHandler(logger));
  const server = await new Promise<Server>((resolve) => {
    const one = app.listen(0, '127.0.0.1', () => resolve(one));
  });
  const { port } = server.address() as AddressInfo;
  await writeFile(inFolder('operator.json'), JSON.stringify({ url: `http://127.0.0.1:${port}`, token }));
  return {
    inFolder,
    run: async (name, args) => {
      try {
        const { exitCode: code, text } = (await commands.get(name)?.(args)) ?? { exitCode: 2, text: '' };
        return { code, out: `${text}\n`, err: '' };
      } catch (error) {
        if (!(error instanceof InvalidInputError)) throw error;
        return { code: 1, out: '', err: error.message };
      }
    },
    cli: (...args) => {
      const child = spawn(process.execPath, ['--import', 'tsx', path.join(root, 'bot/cli.ts'), ...args], {
        cwd: root,
        env: { PATH: process.env['PATH'], OPERATOR_FILE: inFolder('operator.json') },
      });
      let [out, err] = ['', ''];
      child.stdout.on('data', (part: Buffer) => (out += part.toString()));
      child.stderr.on('data', (part: Buffer) => (err += part.toString()));
      return new Promise((resolve, reject) => {
        child.on('error', reject);
        child.on('close', (code) => resolve({ code, out, err }));
      });
    },
    close: async () => {
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true });
    },
  };
}
