// 整理・整頓: what is stale, impossible, written in two ways, unused, without an owner or undeliverable; found, mended in bulk, and taken back.
import { expect, type Page, test } from '@playwright/test';
import { axe } from './axe.ts';
import { call, type Running, signIn, startServer } from './server.ts';

let server: Running;
test.beforeAll(async () => {
  server = await startServer({ demo: 120 });
});
test.afterAll(async () => server.stop());

interface Made {
  id: string;
  version: number;
}
interface Found {
  items: { record: { id: string; title: string } }[];
  next: string | null;
}
const make = (page: Page, plural: string, values: object) => call<Made>(page, 'POST', `/${plural}?duplicates=ignore`, values);
const isPhone = (page: Page) => (page.viewportSize()?.width ?? 0) < 600;

async function open(page: Page, object: string, check: string, label: string, more = '') {
  await page.goto(`${server.url}/tidy?object=${object}&check=${check}${more}`);
  await expect(page.getByRole('heading', { level: 1, name: label })).toBeVisible();
}

/** Every record that a check finds. */
async function idsOf(page: Page, check: string, query: string): Promise<string[]> {
  const ids: string[] = [];
  let after = '';
  do {
    const found = await call<Found>(page, 'GET', `/tidy/${check}?${query}&limit=200${after}`);
    ids.push(...found.items.map((item) => item.record.id));
    after = found.next ? `&after=${encodeURIComponent(found.next)}` : '';
  } while (after);
  return ids;
}

const tick = (page: Page, title: string) => page.getByRole('checkbox', { name: `「${title}」を選ぶ` }).check();
const bar = (page: Page) => page.getByRole('region', { name: '選んだ行の操作' });
const undo = async (page: Page) => {
  await page.getByRole('button', { name: '元に戻す' }).click();
  await expect(page.getByText('元に戻しました')).toBeVisible();
};
const mark = () => `${Date.now() % 1_000_000}`;

test('from the menu to stale records, and tasks for those who are in charge', async ({ page }) => {
  await signIn(page, server);
  if (isPhone(page)) await page.getByRole('button', { name: 'メニュー', exact: true }).click();
  await page.getByRole('link', { name: '整理・整頓' }).click();
  await expect(page).toHaveURL(/\/tidy/);
  const check = page.getByRole('link', { name: /しばらく動きのない記録/ });
  await expect(check).toContainText(/[1-9][\d,]* 件/);
  await axe(page);
  await check.click();
  await expect(page).toHaveURL(/check=stale/);
  await page.getByLabel('連絡も更新もない日数').first().click();
  await page.getByRole('option', { name: '30 日以上', exact: true }).click();
  await expect(page).toHaveURL(/days=30/);
  const found = await call<Found>(page, 'GET', '/tidy/stale?object=company&days=30&limit=2');
  const [one, two] = found.items.map((item) => item.record);
  if (!one || !two) throw new Error('the demo has stale companies');
  const tasks = async (id: string) =>
    (await call<{ items: { name: string; due_on?: string }[] }>(page, 'GET', `/tasks?filter=${encodeURIComponent(JSON.stringify({ company: { eq: id } }))}`)).items.filter((task) => task.name === 'ごぶさたしているので連絡する');

  await axe(page);
  await tick(page, one.title);
  await tick(page, two.title);
  await expect(bar(page)).toContainText('2 件を選択中');
  await axe(page, { floating: true });
  await bar(page).getByRole('button', { name: 'やることを作る' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('2 件が変わります')).toBeVisible();
  await expect(dialog.getByRole('listitem').filter({ hasText: one.title })).toBeVisible();
  await dialog.getByRole('textbox', { name: '期日' }).fill('2031-04-01');
  await expect(dialog.getByRole('listitem').filter({ hasText: one.title })).toContainText('2031');
  await axe(page);
  expect(await tasks(one.id)).toEqual([]);
  await dialog.getByRole('button', { name: '2 件のやることを作る' }).click();
  await expect(page.getByText('2 件のやることを作りました')).toBeVisible();
  expect((await tasks(one.id)).map((task) => task.due_on)).toEqual(['2031-04-01']);
  // Somebody is at them now: they are no longer left alone.
  await expect(page.getByRole('checkbox', { name: `「${one.title}」を選ぶ` })).toHaveCount(0);
  await undo(page);
  expect(await tasks(one.id)).toEqual([]);
  await expect(page.getByRole('checkbox', { name: `「${one.title}」を選ぶ` })).toBeVisible();
});

test('days are set by those who administer', async ({ page }) => {
  await signIn(page, server);
  await open(page, 'company', 'stale', 'しばらく動きのない記録');
  await expect(page.getByText(/見込み 90 日/)).toBeVisible();
  await page.getByRole('button', { name: '日数を決める' }).click();
  const dialog = page.getByRole('dialog');
  await axe(page);
  await dialog.getByLabel('見込み').fill('45');
  await dialog.getByLabel('潜在').fill('99999');
  await expect(dialog.getByRole('button', { name: '保存' })).toBeDisabled();
  await dialog.getByLabel('潜在').fill('0');
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText(/見込み 45 日/)).toBeVisible();
  await expect(page.getByText(/潜在 \d/)).toHaveCount(0);
  await undo(page);
  await expect(page.getByText(/潜在 365 日、見込み 90 日/)).toBeVisible();

  await call(page, 'DELETE', '/session');
  await signIn(page, server, 'haruko@example.jp');
  await open(page, 'company', 'stale', 'しばらく動きのない記録');
  await expect(page.getByText(/見込み 90 日/)).toBeVisible();
  await expect(page.getByRole('button', { name: '日数を決める' })).toHaveCount(0);
});

test('impossible values are mended as proposed, the rest is told', async ({ page }) => {
  await signIn(page, server);
  const name = `県違い${mark()}`;
  // The code and the city are in Aichi.
  const wrong = await make(page, 'companies', { name: `${name}甲`, postal_code: '462-0825', prefecture: '岐阜県', city: '名古屋市北区' });
  const unsure = await make(page, 'companies', { name: `${name}乙`, founded_on: '2090-01-01' });
  const prefecture = async () => (await call<{ prefecture?: string }>(page, 'GET', `/companies/${wrong.id}`)).prefecture;
  await open(page, 'company', 'impossible', 'ありえない値');
  const more = page.getByRole('button', { name: 'もっと見る' });
  const box = page.getByRole('checkbox', { name: `「${name}乙」を選ぶ` });
  await expect(box.or(more)).toBeVisible();
  while (!(await box.isVisible())) await more.click();
  await expect(page.getByText('まだ来ていない日付です。').first()).toBeVisible();
  await axe(page);
  await tick(page, `${name}甲`);
  await tick(page, `${name}乙`);
  await bar(page).getByRole('button', { name: '提案どおりに直す' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('listitem').filter({ hasText: `${name}甲` })).toContainText('岐阜県');
  await expect(dialog.getByRole('listitem').filter({ hasText: `${name}甲` })).toContainText('愛知県');
  await expect(dialog.getByText(/確かな直し方がありません.*乙/)).toBeVisible();
  await dialog.getByRole('button', { name: '1 件を直す' }).click();
  await expect(page.getByText('1 件を直しました')).toBeVisible();
  expect(await prefecture()).toBe('愛知県');
  await undo(page);
  expect(await prefecture()).toBe('岐阜県');

  await tick(page, `${name}乙`);
  await bar(page).getByRole('button', { name: '空にする' }).click();
  await dialog.getByRole('button', { name: '1 件を空にする' }).click();
  await expect(page.getByText('1 件を空にしました')).toBeVisible();
  expect((await call<{ founded_on?: string }>(page, 'GET', `/companies/${unsure.id}`)).founded_on).toBeUndefined();
});

test('spellings are folded to one, and one of them is left out', async ({ page }) => {
  await signIn(page, server);
  const word = `第${mark()}課`;
  const wide = word.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
  const spaced = word.replace('課', ' 課');
  const people: Made[] = [];
  for (const department of [word, word, wide, spaced]) people.push(await make(page, 'people', { family_name: '揺れ', given_name: `${people.length}`, department }));
  const departments = () => Promise.all(people.map(async ({ id }) => (await call<{ department?: string }>(page, 'GET', `/people/${id}`)).department));
  const before = await departments();
  await open(page, 'person', 'choices', '書き方のゆれ');
  const group = page.getByRole('region', { name: new RegExp(word) });
  const more = page.getByRole('button', { name: 'もっと見る' });
  await expect(group.or(more).first()).toBeVisible();
  while (!(await group.isVisible())) await more.click();
  await axe(page);
  await group.getByRole('radio', { name: word, exact: true }).check();
  await group.getByRole('checkbox', { name: `「${spaced}」を合わせる` }).uncheck();
  await group.getByRole('button', { name: new RegExp(`「${word}」にまとめる（1 件を直す）`) }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('1 件が変わります')).toBeVisible();
  await axe(page);
  await dialog.getByRole('button', { name: '1 件を直す' }).click();
  await expect(page.getByText('1 件の書き方をそろえました')).toBeVisible();
  expect(await departments()).toEqual([word, word, word, spaced]);
  await undo(page);
  expect(await departments()).toEqual(before);
});

test('an own field that nobody fills in is put away and comes back', async ({ page }) => {
  await signIn(page, server);
  const label = `使わない${mark()}`;
  await call(page, 'POST', '/fields', { object: 'company', kind: 'text', label: { ja: label, en: 'Unused' } });
  const hidden = async () =>
    (await call<{ objects: { key: string; fields: { label: { ja: string }; hidden?: boolean }[] }[] }>(page, 'GET', '/metadata')).objects
      .find((object) => object.key === 'company')
      ?.fields.find((field) => field.label.ja === label)?.hidden ?? false;
  await open(page, 'company', 'unused_fields', '使われていない項目');
  const row = page.getByRole('listitem').filter({ hasText: label });
  await expect(row).toContainText('件のうち 0 件');
  await axe(page);
  await row.getByRole('button', { name: `「${label}」をしまう` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'しまう', exact: true }).click();
  await expect(page.getByText('項目をしまいました')).toBeVisible();
  await expect(row).toHaveCount(0);
  expect(await hidden()).toBe(true);
  await undo(page);
  expect(await hidden()).toBe(false);
  await expect(row).toBeVisible();
});

test('a person without a company is linked by the domain of the mail', async ({ page }) => {
  await signIn(page, server);
  const domain = `tidy${mark()}.co.jp`;
  const company = await make(page, 'companies', { name: `${domain}の会社`, email: `info@${domain}`, website: `https://www.${domain}/` });
  // With a position: whoever has none may be a consumer.
  const person = await make(page, 'people', { family_name: '迷子', given_name: domain, job_title: '課長', email: `a@${domain}` });
  const at = async () => (await call<{ company?: { id: string } }>(page, 'GET', `/people/${person.id}`)).company?.id;
  await open(page, 'person', 'orphans', 'つながりや担当のない記録');
  const box = page.getByRole('checkbox', { name: `「迷子 ${domain}」を選ぶ` });
  const more = page.getByRole('button', { name: 'もっと見る' });
  await expect(box.or(more).first()).toBeVisible();
  while (!(await box.isVisible())) await more.click();
  await box.check();
  await bar(page).getByRole('button', { name: 'つなぐ' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('listitem').filter({ hasText: domain })).toContainText(`${domain}の会社`);
  await axe(page);
  await dialog.getByRole('button', { name: '1 件をつなぐ' }).click();
  await expect(page.getByText('1 件をつなぎました')).toBeVisible();
  expect(await at()).toBe(company.id);
  await undo(page);
  expect(await at()).toBeUndefined();
});

test('mail that does not arrive is emptied, and known afterwards', async ({ page }) => {
  await signIn(page, server);
  const name = `不達${mark()}`;
  const made = await make(page, 'companies', { name, email: `info@${name.slice(2)}.example.jp`, email_status: 'bounced' });
  await open(page, 'company', 'bounced', '届かないメール');
  await tick(page, name);
  await bar(page).getByRole('button', { name: '空にする' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '1 件を空にする' }).click();
  await expect(page.getByText('1 件を空にしました')).toBeVisible();
  const mail = async () => (await call<{ email?: string }>(page, 'GET', `/companies/${made.id}`)).email;
  expect(await mail()).toBeUndefined();
  await undo(page);
  expect(await mail()).toContain('@');
});

// A phone has no keyboard.
test('a mend with the keyboard alone', { tag: '@desk' }, async ({ page }) => {
  await signIn(page, server);
  await open(page, 'company', 'stale', 'しばらく動きのない記録', '&days=30');
  const boxes = page.getByRole('checkbox', { name: /を選ぶ$/ });
  await expect(boxes.nth(3)).toBeVisible();
  const first = boxes.nth(1);
  await first.focus();
  await page.keyboard.press('Space');
  await expect(bar(page)).toContainText('1 件を選択中');
  // To the bar at the end of the page, as a screen reader would find it.
  const trash = bar(page).getByRole('button', { name: 'ごみ箱へ' });
  await trash.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: '1 件をごみ箱へ移す' })).toBeEnabled();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(trash).toBeFocused();
  await expect(bar(page)).toContainText('1 件を選択中');
  // Shift ticks everything up to there.
  await boxes.nth(3).click({ modifiers: ['Shift'] });
  await expect(bar(page)).toContainText('3 件を選択中');
});

test('who may only read sees what is found and changes nothing', async ({ page }) => {
  await signIn(page, server, 'viewer@example.jp');
  await page.goto(`${server.url}/tidy?object=company`);
  await expect(page.getByRole('link', { name: /しばらく動きのない記録/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /使われていない項目/ })).toHaveCount(0);
  await open(page, 'company', 'stale', 'しばらく動きのない記録', '&days=30');
  await page.getByRole('checkbox', { name: /を選ぶ$/ }).first().check();
  await expect(bar(page).getByText('変える権限がありません')).toBeVisible();
  await expect(bar(page).getByRole('button')).toHaveCount(1);
});

test('what cannot be loaded can be asked for again', async ({ page }) => {
  await signIn(page, server);
  await page.route('**/api/v1/tidy?*', (route) => route.fulfill({ status: 500, json: { code: 'internal', title: 'だめでした', status: 500 } }));
  await page.goto(`${server.url}/tidy?object=person`);
  await expect(page.getByRole('alert')).toContainText('読み込めませんでした');
  await axe(page);
  await page.unroute('**/api/v1/tidy?*');
  await page.getByRole('button', { name: 'もう一度' }).click();
  await expect(page.getByRole('link', { name: /つながりや担当のない記録/ })).toBeVisible();
  await page.getByLabel('調べる種類').first().click();
  await page.getByRole('option', { name: '商談', exact: true }).click();
  await expect(page).toHaveURL(/object=deal/);
});

// The last: what is taken back counts as updated, so hardly anything is stale after it.
test('everything that a check finds goes to another stage and comes back', async ({ page }) => {
  await signIn(page, server);
  const scope = 'object=company&days=30';
  const all = await idsOf(page, 'stale', scope);
  expect(all.length).toBeGreaterThan(10);
  // Ten to a page: the rest is chosen without being loaded.
  await page.route('**/api/v1/tidy/stale?*', (route) => route.continue({ url: route.request().url().replace('limit=50', 'limit=10') }));
  const stages = async () => Promise.all([all[0], all.at(-1)].map(async (id) => (await call<{ stage?: string }>(page, 'GET', `/companies/${id}`)).stage));
  const before = await stages();

  await open(page, 'company', 'stale', 'しばらく動きのない記録', '&days=30');
  await page.getByRole('checkbox', { name: isPhone(page) ? /表示中の 10 件/ : '画面の行をすべて選ぶ' }).check();
  await expect(bar(page)).toContainText('10 件を選択中');
  await page.getByRole('button', { name: '合うものすべてを選ぶ' }).click();
  await expect(bar(page)).toContainText('すべて選択中');
  await bar(page).getByRole('button', { name: '段階を変える' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: '段階を変える', exact: true })).toBeDisabled();
  await dialog.getByLabel('新しい段階').first().click();
  await page.getByRole('option', { name: '離反' }).click();
  await dialog.getByRole('button', { name: `${all.length} 件の段階を変える` }).click();
  await expect(page.getByText(`${all.length} 件の段階を変えました`)).toBeVisible();
  expect(await stages()).toEqual(['lost', 'lost']);
  await expect(page.getByText('良い状態です')).toBeVisible();
  await undo(page);
  expect(await stages()).toEqual(before);
});
