// Builds the tab into dist/tab, served by the service under /tab/.
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = import.meta.dirname;

export default defineConfig({
  root,
  base: '/tab/',
  plugins: [react()],
  build: {
    outDir: path.join(root, '..', 'dist', 'tab'),
    emptyOutDir: true,
    target: 'es2022',
    // No inline files: the page's policy allows scripts and pictures of our own address alone.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
});
