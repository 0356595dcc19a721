// The local Microsoft 365 in a process of its own, so that its work is not that of whoever reads it.
import { z } from 'zod';
import { startLocal, type LocalMicrosoft365, type LocalOptions } from '../../../infra/local/server';

export const tenant = '33333333-3333-3333-3333-333333333333';
let local: LocalMicrosoft365 | undefined;

/** Facts: its address, a token, and how many rows each list has. */
export async function start(options: Omit<LocalOptions, 'port'>) {
  local = await startLocal({ port: 0, ...options });
  const form = { grant_type: 'client_credentials', client_id: 'local', client_secret: 'local' };
  const response = await fetch(`${local.url}/${tenant}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  const { access_token: token } = z.object({ access_token: z.string() }).parse(await response.json());
  const { rows, problems } = local.report;
  return { facts: { url: local.url, token, rows, problems: problems.length } };
}

export async function stop(): Promise<void> {
  await local?.close();
}
