// Every screen without accessibility violations, light and dark, at a desk and on a phone.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { violations } from './axe.ts';
import { call, type Running, signIn, startServer } from './server.ts';

let server: Running;
test.beforeAll(async () => {
  server = await startServer({ demo: 40 });
});
test.afterAll(async () => server.stop());

// Routes that need what only their own journey makes, and the journey that looks at them.
const elsewhere: Record<string, string> = {
  '/setup': 'entry.spec.ts',
  '/invite': 'entry.spec.ts',
  '/offline': 'phone.spec.ts',
  '/import/$id': 'import_update.spec.ts',
  '/cards/$id/$number': 'cards.spec.ts',
};

/** The addresses of each route (web/src/app/router.tsx). */
function screens(company: string, other: string): Record<string, string[]> {
  return {
    '/': ['/', '/settings'],
    '/o/$plural': ['/o/companies', '/o/companies?as=cards', '/o/companies?as=area', '/o/deals?as=board', '/o/tasks?as=calendar', '/o/people'],
    '/o/$plural/$id': [`/o/companies/${company}`],
    '/o/$plural/compare/$id': [`/o/companies/compare/${company}`],
    '/import': ['/import'],
    '/calendar': ['/calendar'],
    '/cards': ['/cards'],
    '/duplicates': ['/duplicates'],
    '/duplicates/all': ['/duplicates/all?object=company'],
    '/merge': [`/merge?object=company&ids=${company},${other}`],
    '/tidy': ['/tidy', '/tidy?object=company&check=stale'],
    '/maturity': ['/maturity'],
    '/register': ['/register'],
    '/search': [`/search?q=${encodeURIComponent('株')}`, '/search?q=zzzz'],
    '/help': ['/help'],
    '/help/$chapter': ['/help/records'],
    $: ['/nowhere'],
    '/settings': ['/settings'],
    '/account': ['/settings/account'],
    '/company': ['/settings/company'],
    '/inventory': ['/settings/inventory'],
    '/users': ['/settings/users'],
    '/teams': ['/settings/teams'],
    '/roles': ['/settings/roles'],
    '/objects': ['/settings/objects'],
    '/fields': ['/settings/fields'],
    '/layouts': ['/settings/layouts'],
    '/reference': ['/settings/reference'],
    '/rules': ['/settings/rules'],
    '/tokens': ['/settings/tokens'],
    '/exports': ['/settings/exports'],
    '/usage': ['/settings/usage'],
    '/feedback': ['/settings/feedback'],
  };
}

/** Waits until nothing that the page asked for is still to come. */
function quiet(page: Page): () => Promise<void> {
  const open = new Set<unknown>();
  page.on('request', (request) => {
    if (request.resourceType() !== 'eventsource' && !request.url().includes('/presence')) open.add(request);
  });
  for (const end of ['requestfinished', 'requestfailed'] as const) page.on(end, (request) => open.delete(request));
  return async () => {
    await expect(page.getByRole('heading').first()).toBeVisible();
    await expect.poll(() => open.size).toBe(0);
    // What came is drawn.
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  };
}

test('axe finds nothing on any route, light and dark', async ({ page, viewport }) => {
  test.setTimeout(600_000);
  const found: string[] = [];
  const still = quiet(page);
  const check = async (name: string) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const violation of await violations(page)) found.push(`${name} (${colorScheme}): ${violation}`);
    }
  };
  await page.goto(`${server.url}/login`);
  await expect(page.getByRole('button', { name: 'サインイン' })).toBeVisible();
  await check('login');
  await signIn(page, server);
  const { items } = await call<{ items: { id: string }[] }>(page, 'GET', '/companies?limit=2&sort=-order_total&fields=name');
  const [company, other] = items.map(({ id }) => id) as [string, string];

  const looked = screens(company, other);
  const router = readFileSync(resolve(process.cwd(), 'src/app/router.tsx'), 'utf8');
  const routes = [...router.matchAll(/path: '([^']+)'/g)].map((match) => match[1] as string);
  expect(routes.filter((route) => route !== '/login' && !(route in looked) && !(route in elsewhere))).toEqual([]);

  for (const path of Object.values(looked).flat()) {
    await page.goto(server.url + path);
    await still();
    await check(path);
  }
  await page.goto(`${server.url}/settings/roles`);
  await page.getByRole('button', { name: '会社の項目ごとの権限' }).click();
  await still();
  await check('the permissions of fields');
  await page.goto(`${server.url}/o/companies/${company}`);
  await page.getByRole('tab', { name: '組織図' }).click();
  await still();
  await check('the organisation');
  if ((viewport?.width ?? 0) < 600) await page.getByRole('button', { name: '記録する' }).click();
  await page.getByRole('radio', { name: /受注/ }).click();
  await page.getByRole('textbox').first().click();
  await still();
  await check('a purchase');
  expect(found).toEqual([]);
});
