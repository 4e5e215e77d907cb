import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const server = process.env.SERVICEWRIGHT_URL ?? 'http://127.0.0.1:8080';

/** Writes each text file compressed beside itself, so that no request waits for a compressor. */
function compressed(): Plugin {
  const folder = join(import.meta.dirname, 'dist/web/assets');
  return {
    name: 'compressed',
    apply: 'build',
    closeBundle: () => {
      for (const file of readdirSync(folder).filter((name) => /\.(js|css|svg)$/.test(name))) {
        const bytes = readFileSync(join(folder, file));
        writeFileSync(join(folder, `${file}.br`), brotliCompressSync(bytes));
        writeFileSync(join(folder, `${file}.gz`), gzipSync(bytes));
      }
    },
  };
}

export default defineConfig({
  root: 'app/web',
  plugins: [react(), compressed()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What most pages need comes in one file: many small ones compress worse, and each has names of its own to tell.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'base', minShareCount: 20 }] } } },
  },
  server: { proxy: { '/api': server, '/readyz': server } },
});
