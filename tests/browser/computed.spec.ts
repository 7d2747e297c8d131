// Fields that are worked out: an administrator without code makes a margin and a sum over the customer's deals, and everybody sees them.
import { expect, type Page, test } from '@playwright/test';
import { axe } from './axe.ts';
import { call, type Running, signIn, startServer } from './server.ts';

let server: Running;
test.beforeAll(async () => {
  server = await startServer({ demo: 30 });
});
test.afterAll(async () => server.stop());

/** Opens the drawer of a new field of the object and says what kind it is. */
async function begin(page: Page, object: string, name: string, kind: string) {
  await page.goto(`${server.url}/settings/fields?object=${object}`);
  await page.getByRole('button', { name: '項目を追加' }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByLabel('項目名', { exact: true }).fill(name);
  await drawer.getByRole('combobox', { name: '種類', exact: true }).click();
  await page.getByRole('option', { name: new RegExp(`^${kind}`) }).click();
  return drawer;
}

async function choose(page: Page, box: ReturnType<Page['getByRole']>, option: string | RegExp) {
  await box.click();
  await page.getByRole('option', { name: option }).first().click();
}

test('a margin is written, checked, kept and sorted by', async ({ page }) => {
  await signIn(page, server);
  await call(page, 'POST', '/fields', { object: 'deal', label: '原価', kind: 'money' });
  const fields = await call<{ items: { key: string; label: { ja: string } }[] }>(page, 'GET', '/fields?object=deal');
  const cost = fields.items.find((field) => field.label.ja === '原価')?.key ?? '';
  const company = await call<{ id: string }>(page, 'POST', '/companies?duplicates=ignore', { name: '粗利試験製作所' });
  const deal = await call<{ id: string }>(page, 'POST', '/deals', {
    name: '粗利試験の商談',
    company: company.id,
    amount: 1_200_000,
    [cost]: 700_000,
  });

  const drawer = await begin(page, 'deal', '粗利', '計算式');
  const source = drawer.getByLabel('計算式', { exact: true });
  await source.fill('金額 - ');
  await expect(drawer.getByRole('status')).toContainText('式が途中で終わっています');
  await choose(page, drawer.getByRole('combobox', { name: '項目を入れる' }), '原価');
  await expect(source).toHaveValue('金額 - 原価');
  await expect(source).toBeFocused();
  await expect(drawer.getByRole('status')).toContainText('粗利試験の商談 → 500,000円');
  await source.fill('金額 - 減価');
  await expect(drawer.getByRole('status')).toContainText('「減価」という項目はありません');
  await expect(drawer.locator('mark')).toHaveText('減価');
  await axe(page);
  await source.fill('金額 - 原価');
  await expect(drawer.getByRole('status')).toContainText('500,000円');
  await drawer.getByLabel('一覧に表示する').check();
  await axe(page);
  await drawer.getByRole('button', { name: '作成', exact: true }).click();
  await expect(drawer).toHaveCount(0);
  const row = page.getByRole('row', { name: /^粗利/ });
  await expect(row).toContainText('計算式');

  await page.goto(`${server.url}/o/deals/${deal.id}`);
  await expect(page.getByText('500,000円').first()).toBeVisible();

  // The definition opens with the labels, and a new one counts at once.
  await page.goto(`${server.url}/settings/fields?object=deal`);
  await page.getByRole('button', { name: '「粗利」の操作' }).click();
  await page.getByRole('menuitem', { name: '編集' }).click();
  const again = page.getByRole('dialog');
  await expect(again.getByLabel('計算式', { exact: true })).toHaveValue('金額 - 原価');
  await again.getByLabel('計算式', { exact: true }).fill('(金額 - 原価) * 2');
  await expect(again.getByRole('status')).toContainText('1,000,000円');
  await again.getByRole('button', { name: '保存' }).click();
  await expect(again).toHaveCount(0);
  await page.goto(`${server.url}/o/deals/${deal.id}`);
  await expect(page.getByText('1,000,000円').first()).toBeVisible();
});

test('a sum over the deals of a customer follows them', async ({ page }) => {
  await signIn(page, server);
  const company = await call<{ id: string }>(page, 'POST', '/companies?duplicates=ignore', { name: '集計試験製作所' });
  await call(page, 'POST', '/deals', { name: '大きい件', company: company.id, amount: 3_000_000 });
  await call(page, 'POST', '/deals', { name: '小さい件', company: company.id, amount: 10_000 });

  const drawer = await begin(page, 'company', '大口商談の合計', '集計');
  await choose(page, drawer.getByRole('combobox', { name: 'どの記録を' }), '商談');
  await choose(page, drawer.getByRole('combobox', { name: '何を' }), '合計');
  await choose(page, drawer.getByRole('combobox', { name: 'どの項目の' }), '金額');
  await expect(drawer.getByRole('status')).toContainText('集計試験製作所 → 3,010,000円');
  await drawer.getByLabel('条件に合うものだけ').check();
  await drawer.getByRole('button', { name: '条件を足す', exact: true }).click();
  // The list of fields stands open.
  await page.getByRole('option', { name: '金額', exact: true }).first().click();
  await drawer.getByRole('combobox', { name: '比べ方' }).selectOption('gte');
  await drawer.getByRole('textbox', { name: '金額' }).fill('1000000');
  await page.keyboard.press('Tab');
  await expect(drawer.getByRole('status')).toContainText('集計試験製作所 → 3,000,000円');
  await axe(page);
  await drawer.getByRole('button', { name: '作成', exact: true }).click();
  await expect(drawer).toHaveCount(0);

  // The amount stands at the deal too: it is looked at under its own name.
  await page.goto(`${server.url}/o/companies/${company.id}`);
  const fact = page.locator('dl > div').filter({ has: page.locator('dt', { hasText: '大口商談の合計' }) });
  await expect(fact.locator('dd')).toContainText('3,000,000円');

  // A phone has cards, and no columns.
  if ((page.viewportSize()?.width ?? 0) < 768) return;
  const filter = encodeURIComponent(JSON.stringify({ name: { eq: '集計試験製作所' } }));
  const fields = await call<{ items: { key: string; label: { ja: string } }[] }>(page, 'GET', '/fields?object=company');
  const total = fields.items.find((field) => field.label.ja === '大口商談の合計')?.key ?? '';
  await page.goto(`${server.url}/o/companies?filter=${filter}&columns=${total}`);
  const at = await page.getByRole('columnheader', { name: '大口商談の合計' }).getAttribute('aria-colindex');
  await expect(page.locator(`[role=row][aria-rowindex="2"] [role=gridcell][aria-colindex="${at}"]`)).toHaveText('3,000,000円');
});

test('a field that a formula reads is not put away behind its back', async ({ page }) => {
  await signIn(page, server);
  const made = await call<{ key: string }>(page, 'POST', '/fields', { object: 'deal', label: '送料', kind: 'money' });
  await call(page, 'POST', '/fields', { object: 'deal', label: '送料込み', formula: `{amount} + {${made.key}}` });
  await page.goto(`${server.url}/settings/fields?object=deal`);
  await page.getByRole('button', { name: '「送料」の操作' }).click();
  await page.getByRole('menuitem', { name: /隠す|しまう/ }).click();
  await expect(page.getByText(/「送料込み」の計算に使っている/)).toBeVisible();
});
