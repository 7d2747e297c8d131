// A real Daifuku on a fresh ledger, for one browser test.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, type Page, test } from '@playwright/test';

const binary = process.env.DAIFUKU_BINARY ?? resolve(process.cwd(), '../build/release/daifuku');

export interface Running {
  url: string;
  setupLink: string;
  folder: string;
  stop(): Promise<void>;
}

let tenants = 0;

/** Where the ledger is kept: as the project says (playwright.config.ts), each server a company of its own. */
function storeArguments(data: string): string[] {
  const connection = process.env.DAIFUKU_TEST_POSTGRES;
  const { project, workerIndex } = test.info();
  if (project.metadata.store !== 'postgres' || !connection) return ['--data', data];
  tenants += 1;
  return ['--data', data, '--store', connection, '--tenant', String((workerIndex + 1) * 1000 + tenants)];
}

export async function startServer(options: { demo?: number } = {}): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'daifuku-browser-'));
  const ledger = storeArguments(join(folder, 'ledger'));
  const env = { ...process.env, LANG: 'ja_JP.UTF-8' };
  if (options.demo) {
    const made = spawnSync(binary, ['demo', ...ledger, '--companies', String(options.demo)], { env, encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`demo failed: ${made.stderr}`);
  }
  // The screens of a folder instead of the embedded ones: a change of theirs needs no build of the program.
  const ui = process.env.DAIFUKU_UI_DIR ? ['--ui-dir', resolve(process.env.DAIFUKU_UI_DIR)] : [];
  const child: ChildProcess = spawn(binary, ['serve', ...ledger, '--listen', '127.0.0.1:0', ...ui], { env });
  let said = '';
  const url = await new Promise<string>((done, fail) => {
    const read = (piece: Buffer) => {
      said += piece.toString();
      const found = said.match(/: (http:\/\/127\.0\.0\.1:\d+)\s/);
      if (found) done(found[1]);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.on('exit', () => fail(new Error(`the server ended:\n${said}`)));
  });
  return {
    url,
    setupLink: said.match(/http:\/\/127\.0\.0\.1:\d+\/setup#\S+/)?.[0] ?? '',
    folder,
    stop: () =>
      new Promise((done) => {
        child.removeAllListeners('exit');
        child.on('exit', () => {
          rmSync(folder, { recursive: true, force: true });
          done();
        });
        child.kill('SIGTERM');
      }),
  };
}

/** Signs in as one of the people of the demo company. */
export async function signIn(page: Page, server: Running, email = 'demo@example.jp'): Promise<void> {
  await page.goto(`${server.url}/login`);
  await page.getByLabel('メールアドレス').fill(email);
  await page.getByLabel('パスワード', { exact: true }).fill('daifuku-demo');
  await page.getByRole('button', { name: 'サインイン' }).click();
  await expect(page.getByRole('heading', { name: '今日' })).toBeVisible();
}

/** Calls the API as the page would. */
export async function call<T>(page: Page, method: string, path: string, body?: unknown): Promise<T> {
  return page.evaluate(
    async ([how, where, sent]) => {
      const session = (await (await fetch('/api/v1/session')).json()) as { csrf: string };
      const answer = await fetch(`/api/v1${where}`, {
        method: how,
        headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': session.csrf },
        body: sent === undefined ? undefined : JSON.stringify(sent),
      });
      if (!answer.ok) throw new Error(`${how} ${where}: ${answer.status} ${await answer.text()}`);
      return answer.status === 204 ? undefined : answer.json();
    },
    [method, path, body] as const,
  ) as Promise<T>;
}
