// A list on paper: all its rows, what they were chosen by, in light colours.
import { expect, type Page, test } from '@playwright/test';
import { violations } from './axe.ts';
import { type Running, signIn, startServer } from './server.ts';

let server: Running;

test.beforeAll(async () => {
  server = await startServer({ demo: 3 });
});
test.afterAll(async () => server.stop());

const paper = (page: Page) => page.getByRole('dialog', { name: '印刷' });

/** `count` companies, every second a customer, in a list of their own. */
async function make(page: Page, mark: string, count: number): Promise<string> {
  const portion = 1000;
  for (let from = 0; from < count; from += portion) {
    const lines = Array.from({ length: Math.min(portion, count - from) }, (_, at) =>
      JSON.stringify({ op: 'create', values: { name: `${mark}${String(from + at + 1).padStart(4, '0')}`, employees: 2, stage: at % 2 ? 'customer' : 'negotiating', tags: [mark] } }),
    );
    await page.evaluate(async (body) => {
      const session = (await (await fetch('/api/v1/session')).json()) as { csrf: string };
      const answer = await fetch('/api/v1/companies/batch', { method: 'POST', headers: { 'Content-Type': 'application/x-ndjson', 'X-CSRF-Token': session.csrf }, body });
      if (!answer.ok) throw new Error(await answer.text());
    }, lines.join('\n'));
  }
  return `${server.url}/o/companies?filter=${encodeURIComponent(JSON.stringify({ tags: { has: mark } }))}&sort=name&columns=stage,employees,phone`;
}

/** The pages of a PDF, and whether they lie across. */
function pagesOf(pdf: Buffer): { count: number; across: boolean } {
  const text = pdf.toString('latin1');
  const [, width, height] = /\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)/.exec(text) ?? [];
  return { count: text.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0, across: Number(width) > Number(height) };
}

test('a list is printed with its conditions, its groups and all its rows', async ({ page }) => {
  await signIn(page, server);
  const colors = encodeURIComponent(JSON.stringify([{ when: { stage: { in: ['customer'] } }, color: 'green' }]));
  const address = await make(page, '用紙', 260);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(`${address}&group=stage&colors=${colors}`);
  await expect(page.getByRole('treegrid').getByText('商談中130 件')).toBeVisible();
  await page.keyboard.press('Control+p');
  await expect(paper(page).getByRole('status')).toHaveText('260 件');
  await expect(paper(page).getByRole('heading', { level: 1, name: '会社' })).toBeVisible();
  await expect(paper(page).getByText(/条件: タグ.*用紙/)).toBeVisible();
  await expect(paper(page).getByText('並び順: 会社名（昇順）')).toBeVisible();
  // Rows that the sheet never loaded are there, under the headings of their groups; the sums are of all.
  const table = paper(page).getByRole('table');
  await expect(table.getByRole('row')).toHaveCount(1 + 2 + 260 + 1);
  await expect(table.getByRole('rowheader')).toHaveText(['商談中（130 件）', '既存（130 件）', '合計（260 件）']);
  await expect(table.getByRole('row').last()).toContainText('520');
  await expect(table.getByRole('cell', { name: '用紙0260', exact: true })).toHaveAttribute('data-paint', 'green');
  await expect(table.getByRole('cell', { name: '用紙0259', exact: true })).not.toHaveAttribute('data-paint');
  await expect(paper(page).getByRole('listitem')).toHaveText(['段階が 既存']);
  expect(await violations(page)).toEqual([]);

  // On paper: nothing of the screen, white, and the head of the table on every page.
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect(page.getByRole('treegrid', { includeHidden: true })).toBeHidden();
  await expect(paper(page).getByRole('button', { name: '印刷する' })).toBeHidden();
  const look = await paper(page).evaluate((each) => [getComputedStyle(each).backgroundColor, getComputedStyle(each.querySelector('thead') as Element).display]);
  expect(look).toEqual(['rgb(255, 255, 255)', 'table-header-group']);
  const upright = pagesOf(await page.pdf({ preferCSSPageSize: true }));
  expect(upright.across).toBe(false);
  expect(upright.count).toBeGreaterThan(3);
  await page.emulateMedia({ media: null });
  await paper(page).getByText('A4 横').click();
  const across = pagesOf(await page.pdf({ preferCSSPageSize: true }));
  expect(across.across).toBe(true);
  expect(across.count).toBeGreaterThan(upright.count);

  // The list is where it was.
  await page.keyboard.press('Escape');
  await expect(paper(page)).toBeHidden();
  await expect(page.getByRole('button', { name: '表の道具' })).toBeFocused();
});

test('what is more than fits on paper is said, and who may not export prints no more than can be copied', async ({ page }) => {
  await signIn(page, server);
  const address = await make(page, '多い', 2010);
  await page.goto(address);
  await expect(page.getByRole('button', { name: '表の道具' })).toBeVisible();
  await page.keyboard.press('Control+p');
  await expect(paper(page).getByText('はじめの 2,000 件だけを印刷します')).toBeVisible({ timeout: 60_000 });
  await expect(paper(page).getByRole('status')).toHaveText('2,000 件');
  await expect(paper(page).getByRole('rowheader')).toHaveCount(0); // no sum of a part
  await paper(page).getByRole('button', { name: '閉じる' }).click();

  await page.route('**/api/v1/metadata*', async (route) => {
    const answer = await route.fetch();
    const meta = (await answer.json()) as { objects: { permissions: Record<string, unknown> }[] };
    for (const each of meta.objects) each.permissions.export = false;
    await route.fulfill({ response: answer, json: meta });
  });
  await page.goto(address);
  await expect(page.getByRole('button', { name: '表の道具' })).toBeVisible();
  await page.keyboard.press('Control+p');
  await expect(paper(page).getByText('書き出しの権限がないため、はじめの 200 件だけ')).toBeVisible();
});

test('a list that cannot be read says so on the paper', async ({ page }) => {
  await signIn(page, server);
  await page.goto(await make(page, '故障', 5));
  await expect(page.getByRole('gridcell', { name: '故障0001' })).toBeVisible();
  await page.route('**/api/v1/companies?*', (route) => route.abort());
  await page.keyboard.press('Control+p');
  await expect(paper(page).getByRole('button', { name: 'もう一度' })).toBeVisible();
  await expect(paper(page).getByRole('button', { name: '印刷する' })).toBeDisabled();
  await page.unroute('**/api/v1/companies?*');
  await paper(page).getByRole('button', { name: 'もう一度' }).click();
  await expect(paper(page).getByRole('status')).toHaveText('5 件');
});
