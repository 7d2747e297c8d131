// The part of the build that makes the service worker: tells it the files of the shell, and gives it its place at the root.
import { createHash } from 'node:crypto';
import type { Plugin, Rollup } from 'vite';

// Pages that a phone opens on the way; the rest is loaded when it is asked for.
const pages = [
  'ui/Toasts.tsx',
  'ui/ConfirmDialog.tsx',
  'app/offline/OfflinePage.tsx',
  'app/offline/Pocket.tsx',
  'app/entry/LoginPage.tsx',
  'app/home/HomeWork.tsx',
  'app/home/LookBack.tsx',
  'app/ObjectRoutes.tsx',
  'app/search/SearchPage.tsx',
  'app/shell/CommandPalette.tsx',

  'app/shell/RecordSheet.tsx',
  'app/home/ContactDrawer.tsx',
  'crm/CustomerRecordPage.tsx',
];
const fixed = [
  '/icon.svg',
  '/icon-192.png',
  '/icon-512.png',
  '/icon-maskable.png',
  '/manifest.webmanifest',
  '/scheme.js',
];

type Chunk = Rollup.OutputChunk & { viteMetadata?: { importedCss: Set<string> } };

export function shellWorker(): Plugin {
  return {
    name: 'daifuku-shell-worker',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const worker = bundle['sw.js'];
      const index = bundle['index.html'];
      if (worker?.type !== 'chunk' || index?.type !== 'asset')
        throw new Error('sw.js or index.html is missing');
      const chunks = Object.values(bundle).filter((each): each is Chunk => each.type === 'chunk');
      const files = new Set<string>();
      const add = (chunk: Chunk | undefined) => {
        if (!chunk || files.has(chunk.fileName)) return;
        files.add(chunk.fileName);
        for (const style of chunk.viteMetadata?.importedCss ?? []) files.add(style);
        for (const name of chunk.imports) add(chunks.find((each) => each.fileName === name));
      };
      add(chunks.find((each) => each.isEntry && each.facadeModuleId?.endsWith('index.html')));
      for (const page of pages) {
        const chunk = chunks.find((each) => each.moduleIds.some((id) => id.endsWith(`/src/${page}`)));
        if (!chunk) throw new Error(`vite.shell.ts: no chunk holds ${page}`);
        add(chunk);
      }
      // English is loaded when it is chosen, which may have been before the line was lost.
      for (const chunk of chunks) if (chunk.moduleIds.some((id) => id.endsWith('texts.en.json'))) add(chunk);
      const list = ['/index.html', ...[...files].sort().map((file) => `/${file}`), ...fixed];
      const version = createHash('sha256')
        .update(list.join('\n'))
        .update(index.source)
        .digest('hex')
        .slice(0, 12);
      worker.code = worker.code
        .replace('__SHELL_FILES__', JSON.stringify(list))
        .replaceAll('__SHELL_VERSION__', version);
    },
  };
}
