// The file in which a running service leaves address and token for the operator's commands, readable by its user alone.
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export interface OperatorAddress {
  readonly url: string;
  readonly token: string;
}

export function writeOperatorFile(file: string, address: OperatorAddress): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(address), { mode: 0o600 });
  // A file that was there keeps its mode.
  chmodSync(file, 0o600);
}

/** Takes away what this service left; what a newer one beside it has left there since stays. */
export function removeOperatorFile(file: string, token: string): void {
  if (existsSync(file) && readFileSync(file, 'utf8').includes(JSON.stringify(token))) rmSync(file);
}
