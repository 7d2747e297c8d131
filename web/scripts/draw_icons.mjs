// Draws the icons of the installed app (web/public/icon-*.png) from icon.svg with the browser of the tests. Run by hand when the mark changes.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

const folder = fileURLToPath(new URL('../public', import.meta.url));
const mark = readFileSync(`${folder}/icon.svg`, 'utf8').replace(
  '<svg ',
  '<svg style="display:block;width:100%;height:100%" ',
);
// A maskable icon is cut to a circle of 80 %; an iPhone fills what is transparent with black.
const icons = [
  { file: 'icon-192', size: 192, margin: 0.08, ground: '#ffffff' },
  { file: 'icon-512', size: 512, margin: 0.08, ground: '#ffffff' },
  { file: 'icon-maskable', size: 512, margin: 0.22, ground: '#ffffff' },
  { file: 'apple-touch-icon', size: 180, margin: 0.12, ground: '#ffffff' },
];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
for (const { file, size, margin, ground } of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(
    `<body style="margin:0;background:${ground};display:grid;place-items:center;height:100vh"><div style="width:${100 - margin * 200}%;height:${100 - margin * 200}%">${mark}</div>`,
  );
  await page.screenshot({ path: `${folder}/${file}.png` });
  await page.close();
}
await browser.close();
