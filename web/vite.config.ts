import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { shellWorker } from './vite.shell.ts';

const path = (file: string) => fileURLToPath(new URL(file, import.meta.url));

// The API of a server that runs on this machine; only `vite dev` uses it.
const server = process.env.DAIFUKU_SERVER ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react(), shellWorker()],
  resolve: { alias: { '@': path('./src') } },
  build: {
    target: 'es2022',
    // Mantine's colours use light-dark(): an older target makes the minifier rewrite it and the colours are lost.
    cssTarget: ['chrome125', 'safari17.5', 'firefox125'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { index: path('./index.html'), sw: path('./src/app/offline/worker.ts') },
      // A worker rules over the folder that it stands in, and keeps its name from version to version.
      output: { entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
    },
  },
  server: { host: '127.0.0.1', port: 5173, proxy: { '/api': { target: server, changeOrigin: false } } },
  test: { environment: 'node', include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.mjs'] },
});
