// A list of which only "10,000 or more" is known: its end is found by going there.
import { expect, test } from '@playwright/test';
import { type Running, signIn, startServer } from './server.ts';

let server: Running;

test.beforeAll(async () => {
  server = await startServer({ demo: 3 });
});
test.afterAll(async () => server.stop());

test('the end of a long list is found and stays where it is, however the bar is pulled', async ({ page }) => {
  const count = 10_150;
  await signIn(page, server);
  for (let from = 0; from < count; from += 5000) {
    const lines = Array.from({ length: Math.min(5000, count - from) }, (_, at) => JSON.stringify({ op: 'create', values: { name: `長い${String(from + at + 1).padStart(5, '0')}` } }));
    await page.evaluate(async (body) => {
      const session = (await (await fetch('/api/v1/session')).json()) as { csrf: string };
      const answer = await fetch('/api/v1/products/batch', { method: 'POST', headers: { 'Content-Type': 'application/x-ndjson', 'X-CSRF-Token': session.csrf }, body });
      if (!answer.ok) throw new Error(await answer.text());
    }, lines.join('\n'));
  }
  const filter = encodeURIComponent(JSON.stringify({ name: { starts: '長い' } }));
  await page.goto(`${server.url}/o/products?filter=${filter}&sort=name`);
  const grid = page.getByRole('grid');
  await expect(page.getByText('10,000 件以上')).toBeVisible();
  await expect(grid).toHaveAttribute('aria-rowcount', '-1');
  const pull = (share: number) => grid.evaluate((each, to) => each.scrollTo(0, to * each.scrollHeight), share);
  // Beyond the end, where there are no rows, and back from page to page until it is found.
  await expect(async () => {
    await pull(1);
    await expect(grid).toHaveAttribute('aria-rowcount', String(count + 2), { timeout: 500 }); // the head, and the new row
  }).toPass({ timeout: 60_000 });
  await expect(page.getByRole('gridcell', { name: `長い${count}` })).toBeVisible();
  // Away from there it is still known, and the page stands.
  for (const share of [0.5, 1, 0, 1, 0.9, 1]) {
    await pull(share);
    await expect(grid.getByRole('gridcell', { name: /^長い\d{5}$/ }).first()).toBeVisible();
    await expect(grid).toHaveAttribute('aria-rowcount', String(count + 2));
  }
});
