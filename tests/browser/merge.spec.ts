// Records that are one: from the queue, a menu and the keyboard to one record and back; many at once; people and branches that are not the same.
import { expect, type Page, test } from '@playwright/test';
import { axe } from './axe.ts';
import { call, type Running, signIn, startServer } from './server.ts';

let server: Running;
test.beforeAll(async () => {
  server = await startServer({ demo: 40 });
});
test.afterAll(async () => server.stop());

interface Made {
  id: string;
  version: number;
}
const make = (page: Page, plural: string, values: object) => call<Made>(page, 'POST', `/${plural}?duplicates=ignore`, values);
const idOf = async (page: Page, plural: string, id: string) => (await call<Made>(page, 'GET', `/${plural}/${id}`)).id;

async function scan(page: Page, object = 'company') {
  await call(page, 'POST', `/duplicates/scan?object=${object}`, {});
  await expect.poll(async () => (await call<{ status: string }>(page, 'GET', `/duplicates/scan?object=${object}`)).status).toBe('done');
}

const home = { prefecture: '愛知県', city: '名古屋市北区', street: '大曽根1-2-3' };
let next = 0;
/** A name that no other test has, and a telephone number with it. */
const fresh = () => {
  next += 1;
  const mark = `${Date.now() % 100_000}${next}`;
  return { name: `${mark}精機`, phone: `052-9${String(10 + next)}-${mark.slice(-4).padStart(4, '0')}` };
};

test('a pair of the queue becomes one record and two again', async ({ page }) => {
  await signIn(page, server);
  const { name, phone } = fresh();
  const a = await make(page, 'companies', { name: `㈱${name}`, phone, employees: 30, ...home });
  const b = await make(page, 'companies', { name: `${name}株式会社`, phone, employees: 45, note: '釣りが好き', ...home });
  await make(page, 'people', { family_name: '佐藤', given_name: '一', company: a.id });
  await make(page, 'people', { family_name: '鈴木', given_name: '二', company: a.id });
  await make(page, 'deals', { name: '新工場', company: b.id });
  await scan(page);

  await page.goto(`${server.url}/duplicates?object=company`);
  await page.getByRole('article').filter({ hasText: `㈱${name}` }).getByRole('link', { name: '同じお客様（統合へ）' }).click();
  await expect(page.getByRole('radiogroup', { name: '残す登録' }).getByRole('radio', { name: `㈱${name}` })).toBeChecked();
  // The fuller name, and what was written last.
  await expect(page.getByRole('radiogroup', { name: /会社名/ }).getByRole('radio', { name: `${name}株式会社` })).toBeChecked();
  const employees = page.getByRole('radiogroup', { name: /従業員数/ });
  await expect(employees.getByRole('radio', { name: '45' })).toBeChecked();
  await expect(page.getByText('商談 1 が移ります')).toBeVisible();
  await employees.getByRole('radio', { name: '30' }).check();
  await page.getByRole('button', { name: /同じ項目/ }).click();
  await expect(page.getByRole('group', { name: /代表電話/ })).toContainText(phone);
  await page.getByRole('radiogroup', { name: '残す登録' }).getByRole('radio', { name: `${name}株式会社` }).check();
  await expect(page.getByText('人 2 が移ります')).toBeVisible();
  await page.getByRole('radiogroup', { name: '残す登録' }).getByRole('radio', { name: `㈱${name}` }).check();
  await expect(page.getByText('商談 1 が移ります')).toBeVisible();
  await axe(page);
  await page.getByRole('button', { name: '2 件を統合する' }).click();

  await expect(page).toHaveURL(new RegExp(`/o/companies/${a.id}`));
  await expect(page.getByRole('heading', { level: 1, name: `${name}株式会社` })).toBeVisible();
  const one = await call<{ employees: number; note: string }>(page, 'GET', `/companies/${b.id}`);
  expect([await idOf(page, 'companies', b.id), one.employees, one.note]).toEqual([a.id, 30, '釣りが好き']);
  await page.getByRole('tab', { name: '変更履歴' }).click();
  await expect(page.getByRole('tabpanel', { name: '変更履歴' }).getByRole('listitem').first()).toContainText(`統合した登録${name}株式会社`);
  await page.getByRole('button', { name: '元に戻す' }).click();
  await expect(page.getByText('元に戻しました')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: `㈱${name}` })).toBeVisible();
  expect(await idOf(page, 'companies', b.id)).toBe(b.id);
  await page.goto(`${server.url}/duplicates?object=company`);
  await expect(page.getByRole('article').filter({ hasText: `㈱${name}` })).toBeVisible();
});

test('the old address leads to the record that stays', async ({ page }) => {
  await signIn(page, server);
  const { name } = fresh();
  const a = await make(page, 'companies', { name });
  const b = await make(page, 'companies', { name });
  await call(page, 'POST', `/companies/${a.id}/merge`, { from: [b.id] });
  await page.goto(`${server.url}/o/companies/${b.id}`);
  await expect(page).toHaveURL(new RegExp(`/o/companies/${a.id}`));
  await expect(page.getByText('統合した先を開きました')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
});

test('different corporate numbers stop a merge until one is chosen', async ({ page }) => {
  await signIn(page, server);
  const { name } = fresh();
  const a = await make(page, 'companies', { name, corporate_number: '7000012050002' });
  const b = await make(page, 'companies', { name, corporate_number: '2000012010019' });
  await page.goto(`${server.url}/merge?object=company&ids=${a.id}.${b.id}`);
  await expect(page.getByRole('alert').filter({ hasText: '法人番号が違います' })).toBeVisible();
  await expect(page.getByRole('button', { name: '2 件を統合する' })).toBeDisabled();
  await axe(page);
  await page.getByRole('radiogroup', { name: /法人番号/ }).getByRole('radio').last().check();
  await page.getByRole('button', { name: '2 件を統合する' }).click();
  await expect(page.getByText('「' + name + '」に統合しました')).toBeVisible();
});

// A phone has no keyboard.
test('from a record, with the keyboard alone', { tag: '@desk' }, async ({ page }) => {
  await signIn(page, server);
  const { name, phone } = fresh();
  const a = await make(page, 'companies', { name: `㈱${name}`, phone });
  const b = await make(page, 'companies', { name: `有限会社${name}`, employees: 3 });
  await page.goto(`${server.url}/o/companies/${a.id}`);
  await page.getByRole('button', { name: 'その他の操作' }).focus();
  await page.keyboard.press('Enter');
  const item = page.getByRole('menuitem', { name: 'ほかの登録と統合' });
  await expect(item).toBeVisible();
  for (let step = 0; step < 8 && !(await item.evaluate((each) => each === document.activeElement)); step++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByText(`「㈱${name}」と同じお客様`)).toBeVisible();
  const box = page.getByRole('textbox', { name: /さがして加える/ });
  await expect(box).toBeFocused();
  await page.keyboard.type(name);
  await expect(page.getByRole('option', { name: `有限会社${name}` })).toBeVisible();
  await page.keyboard.press('Enter');
  const stays = page.getByRole('radiogroup', { name: '残す登録' });
  await expect(stays.getByRole('radio')).toHaveCount(2);
  await stays.getByRole('radio').first().focus();
  const before = await stays.getByRole('radio').first().isChecked();
  await page.keyboard.press(before ? 'ArrowRight' : 'Space');
  await expect(stays.getByRole('radio').nth(before ? 1 : 0)).toBeChecked();
  const run = page.getByRole('button', { name: '2 件を統合する' });
  await expect(run).toBeEnabled();
  for (let step = 0; step < 40 && !(await run.evaluate((each) => each === document.activeElement)); step++) await page.keyboard.press('Tab');
  await expect(run).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('2 件を「')).toBeVisible();
  expect(await idOf(page, 'companies', a.id)).toBe(await idOf(page, 'companies', b.id));
});

// Whoever types fast presses Enter before the answer is there: what was offered before is not meant.
test('Enter waits for the answer to what was typed', { tag: '@desk' }, async ({ page }) => {
  await signIn(page, server);
  const { name } = fresh();
  const a = await make(page, 'companies', { name: `㈱${name}` });
  await make(page, 'companies', { name: `有限会社${name}` });
  const held: (() => void)[] = [];
  await page.route('**/api/v1/search?**', async (route) => {
    await new Promise<void>((go) => held.push(go));
    await route.continue();
  });
  await page.goto(`${server.url}/merge?object=company&ids=${a.id}`);
  const box = page.getByRole('textbox', { name: /さがして加える/ });
  await box.click();
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  await expect.poll(() => held.length).toBe(1);
  const stays = page.getByRole('radiogroup', { name: '残す登録' });
  await expect(stays).toHaveCount(0);
  held.forEach((go) => go());
  await expect(stays.getByRole('radio')).toHaveCount(2);
  await expect(stays.getByRole('radio', { name: `有限会社${name}` })).toBeVisible();
});

// A desk has tick boxes.
test('several rows of a list are merged', { tag: '@desk' }, async ({ page }) => {
  await signIn(page, server);
  const { name } = fresh();
  const made = [await make(page, 'companies', { name }), await make(page, 'companies', { name }), await make(page, 'companies', { name })];
  await page.goto(`${server.url}/o/companies?q=${encodeURIComponent(name)}`);
  await expect(page.getByText('3 件').first()).toBeVisible();
  for (const box of (await page.getByRole('checkbox').all()).slice(-3)) await box.click({ force: true });
  await expect(page.getByText('3 件を選択中')).toBeVisible();
  await page.getByRole('button', { name: '統合', exact: true }).click();
  await page.getByRole('button', { name: '3 件を統合する' }).click();
  await expect(page.getByText(`3 件を「${name}」に統合しました`)).toBeVisible();
  expect(new Set(await Promise.all(made.map((each) => idOf(page, 'companies', each.id)))).size).toBe(1);
});

test('all that is nearly sure is merged at once and comes back', async ({ page }) => {
  await signIn(page, server);
  const pairs: Made[][] = [];
  // Names, telephones and addresses that have nothing in common, so that no two pairs are one set.
  for (const [word, area, prefecture, city, street] of [
    ['北極星通商', '011', '北海道', '札幌市中央区', '北一条西4-1-2'],
    ['みかん農園', '089', '愛媛県', '松山市', '二番町5-12'],
    ['オリーブ印刷', '087', '香川県', '高松市', '番町31'],
  ] as const) {
    const { name, phone } = fresh();
    const values = { phone: phone.replace('052', area), prefecture, city, street };
    pairs.push([await make(page, 'companies', { name: `㈱${word}${name}`, ...values }), await make(page, 'companies', { name: `${word}${name}株式会社`, ...values })]);
  }
  await scan(page);
  await page.goto(`${server.url}/duplicates?object=company`);
  await page.getByRole('link', { name: '確からしい組をまとめて決める' }).click();
  await page.getByLabel('確からしさ', { exact: true }).first().click();
  await page.getByRole('option', { name: '同じ 90 % 以上' }).click();
  await expect(page).toHaveURL(/likely=90/);
  await expect(page.getByRole('button', { name: /\d+ 組を統合する/ })).toBeEnabled();
  await axe(page);
  await page.getByText(/確認が必要 \d/).click();
  await expect(page.getByRole('main').getByText(/違う項目|法人番号が違い/).first()).toBeVisible();
  await page.getByRole('button', { name: /\d+ 組を統合する/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: '統合する' }).click();
  await expect(page.getByText(/\d+ 組を統合しました/)).toBeVisible();
  for (const [a, b] of pairs) expect(await idOf(page, 'companies', a?.id ?? '')).toBe(await idOf(page, 'companies', b?.id ?? ''));
  const answer = page.waitForResponse((each) => each.url().endsWith('/api/v1/undo'));
  await page.getByRole('button', { name: '元に戻す', exact: true }).click();
  expect((await (await answer).json()).skipped).toEqual([]);
  await expect(page.getByText('元に戻しました。', { exact: true })).toBeVisible();
  for (const made of pairs.flat()) expect(await idOf(page, 'companies', made.id)).toBe(made.id);
  await expect(page.getByRole('button', { name: /[1-9]\d* 組を統合する/ })).toBeEnabled();

  // Later too, when the toast is long gone: from the list of what was decided.
  const decided = page.getByRole('region', { name: 'これまでにまとめて決めたもの' });
  await expect(decided.getByRole('listitem').first()).toContainText(/元に戻しました（/);
  await page.getByRole('button', { name: 'すべて違うお客様にする' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '違うお客様' }).click();
  await expect(decided.getByRole('listitem').first()).toContainText(/組を違うお客様に/);
  await page.reload();
  const newest = decided.getByRole('listitem').first();
  await expect(newest).toContainText('同じ 90 % 以上');
  await axe(page);
  await newest.getByRole('button', { name: /元に戻す/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: '元に戻す' }).click();
  await expect(newest).toContainText(/元に戻しました（/);
  await expect(newest.getByRole('button')).toHaveCount(0);
  await expect(page.getByRole('button', { name: /[1-9]\d* 組を統合する/ })).toBeEnabled();
});

test('a branch gets its parent and is no duplicate any more', async ({ page }) => {
  await signIn(page, server);
  const { name, phone } = fresh();
  const head = await make(page, 'companies', { name: `㈱${name}`, phone, ...home });
  const branch = await make(page, 'companies', { name: `${name}株式会社`, phone, ...home });
  await scan(page);
  await page.goto(`${server.url}/duplicates?object=company`);
  const card = page.getByRole('article').filter({ hasText: `㈱${name}` });
  await card.getByRole('button', { name: '親会社・支店' }).click();
  await page.getByRole('menuitem', { name: `「㈱${name}」を「${name}株式会社」の親会社・本社にする` }).click();
  await expect(card).toHaveCount(0);
  const parent = async () => (await call<{ parent?: { id: string } }>(page, 'GET', `/companies/${branch.id}`)).parent?.id;
  expect(await parent()).toBe(head.id);
  await page.getByRole('button', { name: '元に戻す' }).click();
  await expect(card).toBeVisible();
  expect(await parent()).toBeUndefined();
});

test('a person goes to another company and leaves the open work to a successor', async ({ page }) => {
  await signIn(page, server);
  const { name } = fresh();
  const from = await make(page, 'companies', { name: `前の${name}` });
  const to = await make(page, 'companies', { name: `次の${name}` });
  const person = await make(page, 'people', { family_name: '異動', given_name: name, company: from.id, department: '営業部', job_title: '課長', email: `ido${Date.now()}@example.jp` });
  const heir = await make(page, 'people', { family_name: '後任', given_name: name, company: from.id });
  const deal = await make(page, 'deals', { name: `続く話${name}`, company: from.id, person: person.id });
  await page.goto(`${server.url}/o/people/${person.id}`);
  await page.getByRole('button', { name: 'その他の操作' }).click();
  await page.getByRole('menuitem', { name: /会社を移る/ }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('商談 1')).toBeVisible();
  await dialog.getByRole('textbox', { name: '新しい会社' }).fill(`次の${name}`);
  await page.getByRole('option', { name: `次の${name}` }).click();
  await dialog.getByRole('textbox', { name: '役職' }).fill('部長');
  await dialog.getByRole('textbox', { name: /引き継ぐ人/ }).fill(`後任 ${name}`);
  await page.getByRole('option', { name: new RegExp(`後任 ${name}`) }).click();
  await axe(page);
  await dialog.getByRole('button', { name: '移ったことにする' }).click();
  await expect(page.getByText(`「次の${name}」に移りました`)).toBeVisible();
  interface Seen {
    company: { id: string };
    person?: { id: string };
    job_title?: string;
    department?: string;
    email?: string;
  }
  const moved = await call<Seen>(page, 'GET', `/people/${person.id}`);
  expect([moved.company.id, moved.job_title, moved.department, moved.email]).toEqual([to.id, '部長', undefined, undefined]);
  const kept = await call<Seen>(page, 'GET', `/deals/${deal.id}`);
  expect([kept.company.id, kept.person?.id]).toEqual([from.id, heir.id]);
  await page.getByRole('button', { name: '元に戻す' }).click();
  await expect(page.getByText('元に戻しました')).toBeVisible();
  const back = await call<Seen>(page, 'GET', `/people/${person.id}`);
  expect([back.company.id, back.job_title, back.department]).toEqual([from.id, '課長', '営業部']);
  expect((await call<Seen>(page, 'GET', `/deals/${deal.id}`)).person?.id).toBe(person.id);
});

test('one name and mobile at two companies may be somebody who moved', async ({ page }) => {
  await signIn(page, server);
  const { name } = fresh();
  const one = await make(page, 'companies', { name: `甲${name}` });
  const two = await make(page, 'companies', { name: `乙${name}` });
  const who = { family_name: '薬師寺', given_name: '麗子', family_kana: 'ヤクシジ', given_kana: 'レイコ', mobile: '090-8765-4321' };
  const a = await make(page, 'people', { ...who, company: one.id });
  const b = await make(page, 'people', { ...who, company: two.id });
  await scan(page, 'person');
  await page.goto(`${server.url}/duplicates?object=person`);
  await expect(page.getByRole('article').filter({ hasText: `甲${name}` }).getByText('転職かもしれません')).toBeVisible();
  await page.getByRole('article').filter({ hasText: `甲${name}` }).getByRole('link', { name: '同じお客様（統合へ）' }).click();
  await expect(page.getByRole('radiogroup', { name: /^会社/ }).getByRole('radio', { name: `乙${name}` })).toBeChecked();
  await page.getByRole('button', { name: '2 件を統合する' }).click();
  await expect(page.getByText('に統合しました')).toBeVisible();
  expect(await idOf(page, 'people', a.id)).toBe(await idOf(page, 'people', b.id));
});
