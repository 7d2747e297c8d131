// Lighthouse over the main screens of a demo ledger, at a desk and on a phone, signed in.
//
//   npm install --prefix DIR lighthouse        (not a package of the project: 150 packages for a figure now and then)
//   node bench/lighthouse.mjs --lighthouse DIR [--binary build/release/daifuku] [--companies 300]
//
// Prints a table for bench/results: the four scores, and first and largest contentful paint, blocking time and shift of the
// layout. A phone is Lighthouse's "Slow 4G" with a processor four times slower than this one, a desk its "desktop" preset.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const root = resolve(import.meta.dirname, '..');
const { values: options } = parseArgs({
  options: {
    lighthouse: { type: 'string' },
    binary: { type: 'string', default: resolve(root, 'build/release/daifuku') },
    companies: { type: 'string', default: '300' },
  },
});
if (!options.lighthouse) {
  console.error('usage: node bench/lighthouse.mjs --lighthouse DIR; see the head of the file');
  process.exit(2);
}
const modules = resolve(options.lighthouse, 'node_modules/lighthouse');
const { default: lighthouse, desktopConfig } = await import(pathToFileURL(join(modules, 'core/index.js')));
const { chromium } = createRequire(resolve(root, 'web/package.json'))('playwright-core');

const folder = mkdtempSync(join(tmpdir(), 'daifuku-lighthouse-'));
const ledger = join(folder, 'ledger');
const made = spawnSync(options.binary, ['demo', '--data', ledger, '--companies', options.companies], { encoding: 'utf8' });
if (made.status !== 0) throw new Error(made.stderr);
const server = spawn(options.binary, ['serve', '--data', ledger, '--listen', '127.0.0.1:0'], { env: { ...process.env, LANG: 'ja_JP.UTF-8' } });
const url = await new Promise((done, fail) => {
  let said = '';
  const read = (piece) => {
    said += piece;
    const found = said.match(/: (http:\/\/127\.0\.0\.1:\d+)\s/);
    if (found) done(found[1]);
  };
  server.stdout.on('data', read);
  server.stderr.on('data', read);
  server.on('exit', () => fail(new Error(said)));
});
const port = 9300 + (process.pid % 500);
const browser = await chromium.launchPersistentContext(join(folder, 'profile'), {
  executablePath: '/usr/bin/chromium',
  locale: 'ja-JP',
  args: ['--no-sandbox', '--disable-gpu', `--remote-debugging-port=${port}`],
});
try {
  const page = await browser.newPage();
  await page.goto(`${url}/login`);
  await page.getByLabel('メールアドレス').fill('demo@example.jp');
  await page.getByLabel('パスワード', { exact: true }).fill('daifuku-demo');
  await page.getByRole('button', { name: 'サインイン' }).click();
  await page.getByRole('heading', { name: '今日' }).waitFor();
  const company = await page.evaluate(async () => (await (await fetch('/api/v1/companies?limit=1&sort=-order_total&fields=name')).json()).items[0].id);
  await page.goto('about:blank');
  const screens = [
    ['今日', '/'],
    ['会社の一覧', '/o/companies'],
    ['会社のページ', `/o/companies/${company}`],
    ['商談の板', '/o/deals?as=board'],
    ['予定', '/calendar'],
    ['検索', '/search?q=%E5%B1%B1'],
  ];
  console.log('| screen | | performance | accessibility | best practices | SEO | FCP | LCP | blocked | shift |');
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |');
  for (const [device, config] of [
    ['desk', desktopConfig],
    ['phone', undefined],
  ]) {
    for (const [name, path] of screens) {
      const { lhr } = await lighthouse(url + path, { port, disableStorageReset: true, logLevel: 'error' }, config);
      const score = (key) => Math.round((lhr.categories[key]?.score ?? 0) * 100);
      const value = (key) => lhr.audits[key]?.displayValue ?? '';
      const failed = Object.values(lhr.audits).filter((audit) => audit.score !== null && audit.score < 0.9 && ['binary'].includes(audit.scoreDisplayMode));
      console.log(
        `| ${name} | ${device} | ${score('performance')} | ${score('accessibility')} | ${score('best-practices')} | ${score('seo')} | ` +
          `${value('first-contentful-paint')} | ${value('largest-contentful-paint')} | ${value('total-blocking-time')} | ${value('cumulative-layout-shift')} |`,
      );
      if (failed.length > 0) console.error(`${name} (${device}): ${failed.map(({ id }) => id).join(', ')}`);
    }
  }
} finally {
  await browser.close();
  server.kill('SIGTERM');
  await new Promise((done) => server.on('exit', done));
  rmSync(folder, { recursive: true, force: true });
}
