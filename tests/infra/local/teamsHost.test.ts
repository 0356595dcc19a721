// The page that stands for Teams around the tab: what it frames, and what it may do. How it answers teams-js is seen in a browser.
import { startLocal, type LocalMicrosoft365 } from '../../../infra/local/server';
import { watchAnswers } from '../../fixtures/graph/watchAnswers';

let local: LocalMicrosoft365;
beforeAll(async () => {
  local = await startLocal({ port: 0, observe: watchAnswers, serviceUrl: 'http://127.0.0.1:3999/' });
});
afterAll(() => local.close());

const get = async (path: string) => {
  const response = await fetch(`${local.url}${path}`);
  return { status: response.status, text: await response.text(), headers: response.headers };
};

test('frames the tab of the service it was told of, and nothing else', async () => {
  const { status, headers, text } = await get('/teams/tab');
  const policy = headers.get('content-security-policy') ?? '';
  expect(status).toBe(200);
  expect(policy).toContain("default-src 'none'; script-src 'self'");
  expect(policy).toMatch(/frame-src http:\/\/127\.0\.0\.1:3999;/);
  expect(text).toContain('data-service="http://127.0.0.1:3999"');
});

test('runs no script and draws no style but its own files', async () => {
  const { text } = await get('/teams/tab');
  expect(text).not.toMatch(/<script(?![^>]* src=)|<style|\son[a-z]+=|style="/);
  expect((await get('/teamsHost.js')).headers.get('content-type')).toMatch(/^text\/javascript/);
  expect((await get('/teamsHost.css')).headers.get('content-type')).toMatch(/^text\/css/);
});

test('offers every person of the board, and the console leads to it', async () => {
  const { text } = await get('/teams/tab');
  expect(text).toMatch(/<option value="P01" data-oid="[0-9a-f-]{36}" data-mail="[^"]+\.example" data-name="/);
  expect(text.match(/<option value="[PX]\d\d"/g)?.length).toBeGreaterThan(15);
  expect((await get('/teams')).text).toContain('href="/teams/tab"');
});
