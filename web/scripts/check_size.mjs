// What the first screen loads (index.html with its preloads), gzipped, against the budget. Prints the sums, exits 1 above it.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const budget = { js: 220_000, css: 40_000 };
const sums = { js: 0, css: 0 };

for (const [, path] of readFileSync(`${dist}/index.html`, 'utf8').matchAll(
  /(?:href|src)="(\/[^"]+\.(?:js|css))"/g,
))
  sums[path.endsWith('.js') ? 'js' : 'css'] += gzipSync(readFileSync(dist + path), { level: 9 }).length;

let over = false;
for (const kind of ['js', 'css']) {
  console.log(`first screen, ${kind}: ${(sums[kind] / 1000).toFixed(1)} kB of ${budget[kind] / 1000} kB`);
  if (sums[kind] > budget[kind]) over = true;
}
process.exit(over ? 1 : 0);
