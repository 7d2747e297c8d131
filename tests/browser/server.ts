// A real Daifuku on a fresh ledger, for one browser test.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const binary = process.env.DAIFUKU_BINARY ?? resolve(process.cwd(), '../build/release/daifuku');

export interface Running {
  url: string;
  setupLink: string;
  folder: string;
  stop(): Promise<void>;
}

export async function startServer(options: { demo?: number } = {}): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'daifuku-browser-'));
  const data = join(folder, 'ledger');
  const env = { ...process.env, LANG: 'ja_JP.UTF-8' };
  if (options.demo) {
    const made = spawnSync(binary, ['demo', '--data', data, '--companies', String(options.demo)], { env, encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`demo failed: ${made.stderr}`);
  }
  const child: ChildProcess = spawn(binary, ['serve', '--data', data, '--listen', '127.0.0.1:0'], { env });
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
