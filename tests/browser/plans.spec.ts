// フォローの計画: ready-made ones in one click, begun on a customer with an altered day, undone, stopped, and on many at once.
import { expect, type Page, test } from '@playwright/test';
import { axe } from './axe.ts';
import { call, type Running, signIn, startServer } from './server.ts';

let server: Running;
test.beforeAll(async () => {
  server = await startServer({ demo: 20 });
});
test.afterAll(async () => server.stop());

interface Made {
  id: string;
  title: string;
}
interface Task extends Made {
  name: string;
  due_on: string;
  done: boolean;
}
const isPhone = (page: Page) => (page.viewportSize()?.width ?? 0) < 600;
const mark = () => `${Date.now() % 1_000_000}`;
const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000 + 9 * 3_600_000).toISOString().slice(0, 10);

const tasks = async (page: Page, company: Made) =>
  (await call<{ items: Task[] }>(page, 'GET', `/tasks?filter=${encodeURIComponent(JSON.stringify({ company: { eq: company.id } }))}&fields=name,due_on,done&sort=due_on`)).items;

/** Opens the dialog: a button at a desk, an item of the menu on a phone. */
async function openPlans(page: Page) {
  if (isPhone(page)) {
    await page.getByRole('button', { name: 'その他の操作' }).click();
    await page.getByRole('menuitem', { name: 'フォローの計画' }).click();
  } else {
    await page.getByRole('button', { name: 'フォローの計画', exact: true }).click();
  }
  return page.getByRole('dialog');
}

test('a plan is begun on a customer with an altered day, undone, begun again and stopped', async ({ page }) => {
  await signIn(page, server);
  const company = await call<Made>(page, 'POST', '/companies', { name: `計画商会${mark()}` });
  await page.goto(`${server.url}/o/companies/${company.id}`);
  let dialog = await openPlans(page);
  await dialog.getByRole('combobox', { name: '計画', exact: true }).click();
  await page.getByRole('option', { name: '納品後フォロー' }).click();
  await expect(dialog).toContainText('納めた品を気持ちよく');
  const list = dialog.getByRole('list', { name: 'できるやること' });
  await expect(list.getByRole('listitem')).toHaveCount(3);
  await axe(page);

  // The first on another day, the second not at all.
  const due = list.getByLabel('「困っていることがないか、電話で伺う」の期限');
  await due.fill(day(11));
  await due.press('Tab');
  await list.getByRole('checkbox', { name: '使い心地を伺いに訪問する' }).uncheck();
  await dialog.getByRole('button', { name: 'やることを 2 件つくる' }).click();
  await expect(dialog).toHaveCount(0);
  const run = page.getByRole('list', { name: '進んでいる計画' });
  await expect(run).toContainText('計画: 納品後フォロー 0/2');
  const made = await tasks(page, company);
  expect(made.map((task) => task.name)).toEqual(['困っていることがないか、電話で伺う', '買い足しや関連する商品をご案内する']);
  expect(made[0]?.due_on).toBe(day(11));
  await page.getByRole('button', { name: '元に戻す' }).click();
  await expect(run).toHaveCount(0);
  expect(await tasks(page, company)).toEqual([]);

  // Again, from another start; what is done counts.
  dialog = await openPlans(page);
  await dialog.getByRole('combobox', { name: '計画', exact: true }).click();
  await page.getByRole('option', { name: '納品後フォロー' }).click();
  await dialog.getByRole('button', { name: 'やることを 3 件つくる' }).click();
  await expect(run).toContainText('0/3');
  await axe(page);
  const first = (await tasks(page, company))[0] as Task;
  await call(page, 'PATCH', `/tasks/${first.id}`, { done: true });
  await expect(run).toContainText('計画: 納品後フォロー 1/3');

  // Begun already: it asks first.
  dialog = await openPlans(page);
  await dialog.getByRole('combobox', { name: '計画', exact: true }).click();
  await page.getByRole('option', { name: '納品後フォロー' }).click();
  await expect(dialog).toContainText('この計画は、もう始まっています（残り 2 件）');
  await expect(dialog.getByRole('button', { name: 'やることを 3 件つくる' })).toBeDisabled();
  await dialog.getByRole('button', { name: 'やめる', exact: true }).click();

  await page.getByRole('button', { name: '計画「納品後フォロー」を終える' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '計画を終える', exact: true }).click();
  await expect(page.getByText('やること 2 件を削除しました').first()).toBeVisible();
  await expect(run).toHaveCount(0);
  expect((await tasks(page, company)).map((task) => task.done)).toEqual([true]);
  await page.getByRole('button', { name: '元に戻す' }).last().click();
  await expect(run).toContainText('1/3');
});

test('ready-made plans fill an empty page in one click; a plan shows its steps and takes one more', async ({ page }) => {
  await signIn(page, server);
  const there = await call<{ items: Made[] }>(page, 'GET', '/plans?limit=50&fields=name');
  await call(page, 'POST', '/plans/batch', { ids: there.items.map((plan) => plan.id), delete: true });
  await page.goto(`${server.url}/o/plans`);
  await expect(page.getByText('フォローの計画は、まだありません')).toBeVisible();
  await expect(page.getByText('初めて問い合わせをくださったお客様に')).toBeVisible();
  await axe(page);
  await page.getByRole('button', { name: /件の計画を入れる/ }).click();
  await expect(page.getByText('納品後フォロー').first()).toBeVisible();
  const plans = await call<{ items: Made[] }>(page, 'GET', '/plans?limit=50&fields=name&sort=name');
  expect(plans.items.length).toBe(there.items.length);
  const renewal = plans.items.find((plan) => plan.title === '契約の更新') as Made;
  await page.goto(`${server.url}/o/plans/${renewal.id}`);
  const steps = page.getByRole('region', { name: '手順', exact: true });
  await expect(steps.getByRole('listitem')).toHaveCount(3);
  await expect(steps.getByRole('listitem').first()).toContainText('90 日前');
  await axe(page);
  await steps.getByRole('button', { name: /計画から外す/ }).first().click();
  await expect(steps.getByRole('listitem')).toHaveCount(2);
  await page.getByRole('button', { name: '元に戻す' }).last().click();
  await expect(steps.getByRole('listitem')).toHaveCount(3);
  await steps.getByRole('button', { name: '手順を足す' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel(/^やること/).first().fill('社内で更新の条件を決める');
  await form.getByLabel(/^間隔/).first().fill('4');
  await form.getByRole('button', { name: '登録する' }).click();
  await expect(steps).toContainText('社内で更新の条件を決める');
});

// Rows are ticked the same way on a phone as for every other act.
test('a plan is begun on ticked customers and taken back as one', { tag: '@desk' }, async ({ page }) => {
  await signIn(page, server);
  const word = `一括${mark()}`;
  const made = [];
  for (const n of [1, 2, 3]) made.push(await call<Made>(page, 'POST', '/companies?duplicates=ignore', { name: `${word}${n}号店` }));
  await page.goto(`${server.url}/o/companies?q=${encodeURIComponent(word)}`);
  await expect(page.getByText(`${word}3号店`).first()).toBeVisible();
  for (const box of (await page.getByRole('checkbox').all()).slice(-3)) await box.click({ force: true });
  await page.getByRole('region', { name: '選んだ行の操作' }).getByRole('button', { name: 'フォローの計画' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: '計画', exact: true }).click();
  await page.getByRole('option', { name: 'ご無沙汰のお客様' }).click();
  await axe(page);
  await dialog.getByRole('button', { name: '3 件で始める' }).click();
  await expect(page.getByText('3 件で始めました。やることが 9 件できました。').first()).toBeVisible();
  for (const company of made) expect((await tasks(page, company)).length).toBe(3);
  await page.getByRole('button', { name: '元に戻す', exact: true }).click();
  await expect(async () => {
    for (const company of made) expect(await tasks(page, company)).toEqual([]);
  }).toPass();
});
