import { svelte } from '@sveltejs/vite-plugin-svelte';
import { readdirSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { defineConfig } from 'vite';

const root = 'src/main/web';

const components = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.svelte')).sort();
/** A component's styles go by its place among all: digests of their text would not pack. */
const cssHash = ({ filename }) => `s${components.indexOf(relative(resolve(root), resolve(filename))).toString(36)}`;

export default defineConfig({
  root,
  base: '/',
  plugins: [svelte({ compilerOptions: { cssHash } })],
  build: {
    target: 'es2022',
    manifest: 'manifest.json',
    assetsInlineLimit: 0,
    // One sheet is two thirds of what thirty are when they are packed, and a page that comes later needs no other.
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    emptyOutDir: false,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // What is loaded together is packed together, which is smaller: the editor; what every page stands on; pages
        // between which readers go to and fro. What these load later stays apart.
        codeSplitting: {
          groups: [
            { name: 'base', test: /web\/(api|state|format|parts|frame)|web\/editor\/(Editor|Fault|mends|functions)|metrics\/(labels|unit|queries)|traces\/box|svelte\/src|esm-env/, priority: 3 },
            { name: 'editor', test: /codemirror|lezer|style-mod|crelt|w3c-keyname|web\/editor/, priority: 2 },
            { name: 'services', test: /web\/pages\/(Overview|overview|Services?|service)/, priority: 1 },
            { name: 'spans', test: /web\/pages\/(Trace|trace)s?(?!.*Flame)/, priority: 1 },
            { name: 'lines', test: /web\/pages\/(Logs|logs|Metrics|metrics)(?!.*(LineChart|ChartOver))/, priority: 1 },
          ],
        },
      },
    },
  },
});
