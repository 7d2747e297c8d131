// A photo of two business cards: read, cut by hand, checked beside its picture, saved to somebody known, and taken back.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { axe } from './axe.ts';
import { call, type Running, signIn, startServer } from './server.ts';

interface Printed {
  name: string;
  company_name: string;
  email: string;
  phone: string;
}
let server: Running;
let folder = '';
let printed: Printed[] = [];
let missing = '';

test.beforeAll(async () => {
  test.setTimeout(600_000);
  folder = mkdtempSync(join(tmpdir(), 'daifuku-cards-'));
  const draw = resolve(process.cwd(), '../bench/cards/draw.py');
  const drawn = spawnSync('/usr/bin/python3', [draw, folder, '--cards', '2', '--together', '2', '--seed', '3'], { encoding: 'utf8' });
  if (drawn.status !== 0) missing = `no cards can be drawn here: ${drawn.stderr.trim().split('\n').at(-1)}`;
  else printed = (JSON.parse(readFileSync(join(folder, '000.json'), 'utf8')) as { cards: Printed[] }).cards;
  server = await startServer({ demo: 20 });
});
test.afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Person {
  id: string;
  latest_card?: { id: string } | null;
}

test('a photo of two cards becomes records and goes back', async ({ page }) => {
  test.skip(missing !== '', missing);
  test.setTimeout(600_000);
  const first = printed[0] as Printed;
  await signIn(page, server);
  const company = await call<{ id: string }>(page, 'POST', '/companies?duplicates=ignore', { name: first.company_name });
  const person = await call<Person>(page, 'POST', '/people?duplicates=ignore', { name: first.name, company: company.id, email: first.email });
  const old = await call<{ id: string }>(page, 'POST', '/business_cards?duplicates=ignore', { name: first.name, person: person.id, received_on: '2020-04-01' });

  await page.goto(`${server.url}/cards`);
  await page.locator('input[type=file]').first().setInputFiles(join(folder, '000.jpg'));
  const tiles = page.getByRole('link', { name: /確認待ち/ });
  await expect(tiles).toHaveCount(2, { timeout: 240_000 });
  await axe(page);
  await tiles.first().click();
  await expect(page.getByRole('heading', { name: '名刺を確かめる' })).toBeVisible();
  await expect(page.getByRole('img', { name: '名刺の画像' })).toBeVisible();
  await axe(page);

  // The first thing to do with a badly cut card: cut it by hand, with the keyboard.
  await page.getByLabel('メモ').fill('名刺交換会にて');
  await page.getByRole('button', { name: '切り取り直す' }).click();
  const corner = page.getByRole('button', { name: /名刺の左上の角/ });
  const before = await corner.getAttribute('aria-label');
  await corner.focus();
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(corner).not.toHaveAttribute('aria-label', before ?? '');
  // The rest of the page was looked at; scrolled to the corner, some of it lies under the bar of buttons.
  await axe(page, { within: 'section[aria-label="名刺の切り取り"]' });
  // And with the pointer: a frame around the whole photo would hold both, one across nothing is refused.
  const photo = page.getByRole('img', { name: '写真の全体' });
  const area = await photo.boundingBox();
  if (!area) throw new Error('the photo is not there');
  const last = page.getByRole('button', { name: /名刺の右下の角/ });
  const from = await last.boundingBox();
  if (!from) throw new Error('the corner is not there');
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(area.x + 2, area.y + 2, { steps: 4 });
  await page.mouse.up();
  await expect(page.getByText('四隅の並びが交わっているか')).toBeVisible();
  await expect(page.getByRole('button', { name: 'この範囲で読み直す' })).toBeDisabled();
  // A new frame, drawn across the left half of the photo.
  await page.mouse.move(area.x + 3, area.y + 3);
  await page.mouse.down();
  await page.mouse.move(area.x + area.width * 0.5, area.y + area.height - 3, { steps: 4 });
  await page.mouse.up();
  const again = page.waitForResponse((answer) => answer.url().includes('/cut') && answer.request().method() === 'POST');
  await page.getByRole('button', { name: 'この範囲で読み直す' }).click();
  expect((await again).status()).toBe(200);
  await expect(page.getByRole('img', { name: '名刺の画像' })).toBeVisible({ timeout: 240_000 });
  await expect(page.getByLabel('メモ')).toHaveValue('名刺交換会にて');

  // Corrected by hand; the person who is known is found and chosen.
  await page.getByLabel('氏名', { exact: false }).first().fill(first.name);
  await page.getByLabel('会社名').first().fill(first.company_name);
  await page.getByLabel('メール').first().fill(first.email);
  await page.getByRole('radio', { name: `登録済みの ${first.name}` }).check();
  await page.getByRole('radio', { name: `登録済みの ${first.company_name}` }).check();
  await page.getByRole('button', { name: '保存して次へ' }).click();
  await expect(page.getByText(`${first.name}さんの名刺を登録しました。`)).toBeVisible();
  const now = await call<Person>(page, 'GET', `/people/${person.id}`);
  expect(now.latest_card?.id).not.toBe(old.id);
  const card = await call<{ latest: boolean; note: string; person: { id: string } }>(page, 'GET', `/business_cards/${now.latest_card?.id}`);
  expect([card.latest, card.note, card.person.id]).toEqual([true, '名刺交換会にて', person.id]);
  expect((await call<{ latest: boolean }>(page, 'GET', `/business_cards/${old.id}`)).latest).toBe(false);
  // The next card of the photo waits.
  await expect(page.getByText('2 / 2 枚目')).toBeVisible();

  await page.getByRole('button', { name: '元に戻す' }).click();
  await expect(page.getByText('元に戻しました')).toBeVisible();
  expect((await call<Person>(page, 'GET', `/people/${person.id}`)).latest_card?.id).toBe(old.id);
  await page.goto(`${server.url}/cards`);
  await expect(page.getByRole('link', { name: /確認待ち/ })).toHaveCount(2);
});
