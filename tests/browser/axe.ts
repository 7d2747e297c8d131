// What axe finds on a page.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { expect, type Page } from '@playwright/test';
import type { RunOptions } from 'axe-core';

const source = readFileSync(createRequire(resolve(process.cwd(), 'package.json')).resolve('axe-core/axe.min.js'), 'utf8');
const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

interface Options {
  /** A selector: only what is in it. */
  within?: string;
  /** Best practices too, not WCAG alone. */
  best?: boolean;
  /** A bar that floats covers part of some row wherever the page stands; the row can be scrolled out from under it. */
  floating?: boolean;
}

// A menu on its way out is not what anybody works with: what is wrong must stay so.
const settling = 3_000; // milliseconds

/** One line for each rule that is broken, with the places. */
export async function violations(page: Page, options?: Options): Promise<string[]> {
  const until = Date.now() + settling;
  let found = await look(page, options);
  while (found.length > 0 && Date.now() < until) found = await look(page, options);
  return found;
}

// The script stays in the page: a second look costs little.
async function look(page: Page, { within = 'html', best = false, floating = false }: Options = {}): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  const options: RunOptions = {
    resultTypes: ['violations'],
    runOnly: { type: 'tag', values: best ? [...wcag, 'best-practice'] : wcag },
    rules: floating ? { 'target-size': { enabled: false } } : {},
  };
  return page.evaluate(
    async ([where, how]) => {
      // Colours are looked at where they end, not on the way there.
      for (const animation of document.getAnimations()) if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();
      const found = await window.axe.run(where, how);
      return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, html }) => `${target.join(' ')} ${html}`).join('\n')}`);
    },
    [within, options] as const,
  );
}

/** Fails with what axe finds. */
export async function axe(page: Page, options?: Options): Promise<void> {
  expect(await violations(page, options)).toEqual([]);
}
