// Measures the frames of the company list while it scrolls, from the top to the deep, in the Chromium of the browser tests.
//
//   node bench/sheet_frames.mjs --data DIR [--binary build/release/daifuku] [--ui-dir web/dist] [--width 1440] [--runs 3] [--json]
//   node bench/sheet_frames.mjs --url http://127.0.0.1:8080 [--path '/o/companies?group=stage']
//
// --data     a ledger of `daifuku demo` (for one of a million companies see bench/run --keep); a server of its own is
//            started on it and stopped at the end. No other server may have it open.
// --url      a server that runs already
// --ui-dir   screens from a folder (cd web && npm run build) instead of those in the program
// --path     another list, or the same one with groups or colours
// --runs     how often each way of scrolling is measured; all frames of all runs count
// --trace    writes the trace of the last way to this file, for the performance panel of Chromium
//
// Ways: "wheel" turns the wheel by one notch (100 px) every 33 ms from the top, "spin" by three notches every 16 ms, "drag"
// pulls the thumb of the scroll bar to the bottom and back, "deep" is "spin" from the middle of the list.
//
// Two things are told of each way and must not be mixed up:
//   interval  time between two animation frames of the page. It holds what the page did, and also the painting, which
//             headless Chromium does in software on the same cores as the server and the driver: an upper bound.
//   work      time the page's main thread was busy between two frames (tasks of the trace: scripts, style, layout,
//             pre-paint, paint lists). It is what our code costs, and hardly depends on what else runs.
// Target: p95 of a frame at most 20 ms at a million rows.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

const root = resolve(import.meta.dirname, '..');
const { chromium } = createRequire(resolve(root, 'web/package.json'))('playwright-core');

const { values: options } = parseArgs({
  options: {
    data: { type: 'string' },
    url: { type: 'string' },
    binary: { type: 'string', default: resolve(root, 'build/release/daifuku') },
    'ui-dir': { type: 'string' },
    path: { type: 'string', default: '/o/companies' },
    width: { type: 'string', default: '1440' },
    runs: { type: 'string', default: '3' },
    trace: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
if (!options.data === !options.url) {
  console.error('usage: node bench/sheet_frames.mjs --data DIR | --url URL; see the head of the file');
  process.exit(2);
}

// What of a task is told apart; the parts may hold one another.
const kParts = new Set(['FunctionCall', 'UpdateLayoutTree', 'Layout', 'PrePaint', 'Paint', 'Layerize', 'Commit', 'MinorGC', 'MajorGC', 'HitTest', 'FireAnimationFrame']);
const traced = ['blink.user_timing', 'devtools.timeline', 'disabled-by-default-devtools.timeline'];
const { server, url } = options.url ? { url: options.url } : await serve(options.data);
try {
  await measure();
} finally {
  server?.kill('SIGTERM');
}

async function serve(data) {
  const ui = options['ui-dir'] ? ['--ui-dir', resolve(options['ui-dir'])] : [];
  const child = spawn(options.binary, ['serve', '--data', data, '--listen', '127.0.0.1:0', ...ui]);
  const found = await new Promise((done, fail) => {
    let said = '';
    const read = (piece) => {
      said += piece;
      const address = said.match(/: (http:\/\/127\.0\.0\.1:\d+)\s/);
      if (address) done(address[1]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('exit', () => fail(new Error(`the server ended:\n${said}`)));
  });
  return { server: child, url: found };
}

async function measure() {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    ignoreDefaultArgs: ['--hide-scrollbars'],
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  const page = await browser.newPage({
    viewport: { width: Number(options.width), height: 900 },
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    serviceWorkers: 'block',
  });
  await page.goto(`${url}/login`);
  await page.getByLabel('メールアドレス').fill('demo@example.jp');
  await page.getByLabel('パスワード', { exact: true }).fill('daifuku-demo');
  await page.getByRole('button', { name: 'サインイン' }).click();
  await page.waitForURL((to) => !to.pathname.startsWith('/login'));
  await page.goto(url + options.path);
  const grid = page.locator('[role$="grid"]');
  await grid.getByRole('rowheader').nth(5).waitFor();
  const rows = await page.getByText(/件/).first().innerText();
  const cells = await grid.getByRole('gridcell').count();

  const ways = {
    wheel: { from: 0, scroll: () => wheel(page, grid, 90, 100, 33) },
    spin: { from: 0, scroll: () => wheel(page, grid, 120, 300, 16) },
    drag: { from: 0, scroll: () => drag(page, grid) },
    deep: { from: 0.5, scroll: () => wheel(page, grid, 120, 300, 16) },
  };
  const results = [];
  for (const [name, way] of Object.entries(ways)) {
    const all = { way: name, interval: [], work: [], parts: {}, deepest: 0 };
    for (let run = 0; run < Number(options.runs); ++run) {
      // The trace itself costs time: intervals come from a pass of their own.
      for (const tracing of [false, true]) {
        await grid.evaluate((element, from) => element.scrollTo(0, from * element.scrollHeight), way.from);
        await page.waitForLoadState('networkidle');
        const seen = tracing ? await tracedWork(page, browser, way.scroll) : await frameTimes(page, way.scroll);
        all.interval.push(...(seen.interval ?? []));
        all.work.push(...(seen.work ?? []));
        for (const [part, time] of Object.entries(seen.parts ?? {})) all.parts[part] = (all.parts[part] ?? 0) + time;
        all.deepest = Math.max(all.deepest, seen.deepest);
      }
    }
    results.push(all);
  }
  await browser.close();

  const told = results.map(({ way, interval, work, parts, deepest }) => ({
    way,
    frames: work.length,
    deepest,
    interval: quantiles(interval),
    work: quantiles(work),
    parts: Object.fromEntries(Object.entries(parts).map(([part, time]) => [part, time / work.length])),
  }));
  if (options.json) console.log(JSON.stringify({ rows, cells, width: Number(options.width), told }));
  else print(rows, cells, told);
}

async function frameTimes(page, scroll) {
  await page.evaluate(watchFrames);
  const deepest = await scroll();
  const times = await page.evaluate(() => window.framesSeen.splice(0));
  return { interval: times.slice(1).map((time, at) => time - times[at]), deepest };
}

async function tracedWork(page, browser, scroll) {
  await page.evaluate(watchFrames);
  await browser.startTracing(page, { categories: traced });
  await page.evaluate(() => performance.mark('scroll-begin'));
  const deepest = await scroll();
  await page.evaluate(() => performance.mark('scroll-end'));
  const trace = await browser.stopTracing();
  if (options.trace) writeFileSync(options.trace, trace);
  return { ...workOfFrames(JSON.parse(trace).traceEvents), deepest };
}

// In the page: every frame tells its time, so that there is one to measure also when nothing changes.
function watchFrames() {
  if (window.framesSeen) {
    window.framesSeen.length = 0;
    return;
  }
  window.framesSeen = [];
  const next = (now) => {
    window.framesSeen.push(now);
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}

function workOfFrames(events) {
  const begin = events.find((event) => event.name === 'scroll-begin');
  const end = events.find((event) => event.name === 'scroll-end');
  const main = events.filter((event) => event.pid === begin.pid && event.tid === begin.tid && event.ts >= begin.ts && event.ts <= end.ts);
  const starts = main.filter((event) => event.name === 'FireAnimationFrame').map((event) => event.ts);
  const work = starts.map(() => 0);
  const parts = {};
  for (const event of main) {
    if (event.ph !== 'X' || event.ts + event.dur < starts[0]) continue;
    const time = (event.tdur ?? 0) / 1000;
    if (event.name === 'RunTask') {
      // The task that draws a frame holds the mark of that frame; other tasks count for the frame before them.
      const next = starts.findIndex((start) => start > event.ts);
      const holds = next >= 0 && starts[next] <= event.ts + event.dur;
      work[holds ? next : (next < 0 ? starts.length : next) - 1] += time;
    } else if (kParts.has(event.name)) parts[event.name] = (parts[event.name] ?? 0) + time;
  }
  return { work, parts };
}

async function wheel(page, grid, notches, pixels, pause) {
  const box = await grid.boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  for (let at = 0; at < notches; ++at) {
    const begin = performance.now();
    await page.mouse.wheel(0, pixels);
    await wait(pause - (performance.now() - begin));
  }
  return depth(grid);
}

// The thumb is pulled as a hand does it: its speed rises and falls, down and back up.
async function drag(page, grid) {
  const box = await grid.boundingBox();
  const x = box.x + box.width - 7;
  const top = box.y + 22; // on the thumb, which stands at the top, under the arrow
  const bottom = box.y + box.height - 22;
  const steps = 120;
  let deepest = 0;
  await page.mouse.move(x, top);
  await page.mouse.down();
  for (let at = 1; at <= steps; ++at) {
    const begin = performance.now();
    const share = at <= steps / 2 ? at / (steps / 2) : 2 - at / (steps / 2);
    await page.mouse.move(x, top + (bottom - top) * 0.5 * (1 - Math.cos(Math.PI * share)));
    if (at === steps / 2) deepest = await depth(grid);
    await wait(16 - (performance.now() - begin));
  }
  await page.mouse.up();
  return deepest;
}

function depth(grid) {
  return grid.evaluate((element) => Math.max(...[...element.querySelectorAll('[aria-rowindex]')].map((row) => Number(row.ariaRowIndex))) - 1);
}

function wait(milliseconds) {
  return new Promise((done) => setTimeout(done, Math.max(0, milliseconds)));
}

function quantiles(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), max: sorted.at(-1) ?? 0 };
}

function print(rows, cells, told) {
  const figures = (of) => [of.p50, of.p95, of.max].map((value) => value.toFixed(1).padStart(7)).join('');
  console.log(`${rows} listed, ${cells} cells drawn, ${options.width} px wide, ${options.runs} runs; milliseconds`);
  console.log(`${'way'.padEnd(7)}frames   deepest row   interval p50 p95 max        work p50 p95 max     of the work, a frame`);
  for (const each of told) {
    const parts = Object.entries(each.parts).sort((a, b) => b[1] - a[1]);
    console.log(
      `${each.way.padEnd(7)}${String(each.frames).padStart(6)}${each.deepest.toLocaleString('en-US').padStart(14)}   ${figures(each.interval)}     ${figures(each.work)}     ${parts
        .slice(0, 6)
        .map(([part, time]) => `${part} ${time.toFixed(1)}`)
        .join(', ')}`,
    );
  }
}
