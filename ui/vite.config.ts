import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

export default defineConfig({
  root: 'src/main/web',
  base: '/',
  plugins: [svelte()],
  build: {
    target: 'es2022',
    manifest: 'manifest.json',
    assetsInlineLimit: 0,
    // One sheet is two thirds of what thirty are when they are packed, and a page that comes later needs no other.
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    emptyOutDir: false,
    reportCompressedSize: false,
  },
});
