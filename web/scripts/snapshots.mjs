// Pictures of the main screens for somebody to look through before a change goes in: 1440 and 390 px wide, light and dark.
//   scripts/snapshots [FOLDER]      default build/snapshots; index.html there shows them side by side
// A picture is no test: the same screen differs by a pixel from machine to machine, and only a person sees whether it is better.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright';

const root = resolve(import.meta.dirname, '../..');
const folder = resolve(process.argv[2] ?? join(root, 'build/snapshots'));
const binary = process.env.DAIFUKU_BINARY ?? join(root, 'build/release/daifuku');
const screens = [
  ['home', '/'],
  ['list', '/o/companies'],
  ['board', '/o/deals?as=board'],
  ['area', '/o/companies?as=area'],
  ['record', null],
  ['calendar', '/calendar'],
  ['search', '/search?q=%E5%B1%B1'],
  ['import', '/import'],
  ['duplicates', '/duplicates'],
  ['tidy', '/tidy'],
  ['maturity', '/maturity'],
  ['settings', '/settings'],
  ['inventory', '/settings/inventory'],
  ['fields', '/settings/fields'],
  ['layouts', '/settings/layouts'],
  ['usage', '/settings/usage'],
  ['help', '/help'],
  ['login', '/login'],
];

const ledger = mkdtempSync(join(tmpdir(), 'daifuku-snapshots-'));
const made = spawnSync(binary, ['demo', '--data', ledger, '--companies', '100'], { encoding: 'utf8' });
if (made.status !== 0) throw new Error(made.stderr);
const ui = process.env.DAIFUKU_UI_DIR ? ['--ui-dir', resolve(process.env.DAIFUKU_UI_DIR)] : [];
const server = spawn(binary, ['serve', '--data', ledger, '--listen', '127.0.0.1:0', ...ui], {
  env: { ...process.env, LANG: 'ja_JP.UTF-8' },
});
const base = await new Promise((done, fail) => {
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

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const pictures = [];
mkdirSync(folder, { recursive: true });
try {
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ]) {
    for (const colorScheme of ['light', 'dark']) {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme,
        locale: 'ja-JP',
        timezoneId: 'Asia/Tokyo',
        hasTouch: width < 500,
        serviceWorkers: 'block',
      });
      const page = await context.newPage();
      await page.goto(`${base}/login`);
      await page.getByLabel('メールアドレス').fill('demo@example.jp');
      await page.getByLabel('パスワード', { exact: true }).fill('daifuku-demo');
      await page.getByRole('button', { name: 'サインイン' }).click();
      await page.getByRole('heading', { name: '今日' }).waitFor();
      const first = await page.evaluate(
        async () => (await (await fetch('/api/v1/companies?limit=1')).json()).items[0].id,
      );
      for (const [name, path] of screens) {
        await page.goto(base + (path ?? `/o/companies/${first}`));
        await page.waitForLoadState('networkidle', { timeout: 5000 }).catch(() => {});
        await page.evaluate(() => document.fonts.ready);
        const file = `${name}-${width}-${colorScheme}.png`;
        await page.screenshot({ path: join(folder, file), animations: 'disabled' });
        pictures.push(file);
      }
      await context.close();
    }
  }
} finally {
  await browser.close();
  server.removeAllListeners('exit');
  server.kill('SIGTERM');
  rmSync(ledger, { recursive: true, force: true });
}
writeFileSync(
  join(folder, 'index.html'),
  `<!doctype html><meta charset="utf-8"><title>Daifuku</title><style>img{max-width:48%;max-height:90vh;border:1px solid #999;margin:4px}</style>${screens
    .map(
      ([name]) =>
        `<h2>${name}</h2>${pictures
          .filter((file) => file.startsWith(`${name}-`))
          .map((file) => `<img src="${file}" alt="${file}">`)
          .join('')}`,
    )
    .join('')}`,
);
console.log(`${pictures.length} pictures: ${join(folder, 'index.html')}`);
