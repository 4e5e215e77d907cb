import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = process.env.SERVICEWRIGHT_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  root: 'app/web',
  plugins: [react()],
  build: { outDir: '../../dist/web', emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: { proxy: { '/api': server, '/healthz': server } },
});
