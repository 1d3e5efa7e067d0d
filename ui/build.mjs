// Builds the pages into a folder (`build.mjs OUT`), or checks types and units (`build.mjs --check`). What is newer than
// its inputs is left alone, so that a Java build costs no front-end build.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const inputs = ['src/main/web', 'package.json', 'package-lock.json', 'vite.config.mjs', 'tsconfig.json', 'build', 'build.mjs'];

/** Gzipped bytes, from section 13 of the design guide: what the first page loads, and everything. */
const FIRST_ROUTE_BYTES = 150 * 1024;
const ALL_BYTES = 350 * 1024;

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Whether what a stamp stands for is newer than all that it is made of. */
function fresh(stamp, sources) {
  return existsSync(stamp) && statSync(stamp).mtimeMs > Math.max(...sources.map((name) => newest(join(here, name))));
}

function run(command, ...args) {
  const done = spawnSync(command, args, { cwd: here, stdio: ['ignore', 'inherit', 'inherit'] });
  if (done.error) throw done.error;
  if (done.status !== 0) {
    console.error(`ui: ${[command, ...args].join(' ')} ended with ${done.status}`);
    process.exit(1);
  }
}

/** Installs exactly what the lock file names, once for each lock file. */
function install() {
  const stamp = join(here, 'node_modules/.installed');
  const lock = readFileSync(join(here, 'package-lock.json'), 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  run('npm', 'ci', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error');
  writeFileSync(stamp, lock);
}

function files(folder, prefix = '') {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(folder, `${prefix}${entry.name}/`) : [`${prefix}${entry.name}`]);
}

/** The scripts and styles that the browser loads for a page, besides what a page loads later. */
function eager(manifest, key, seen = new Set()) {
  const chunk = manifest[key];
  if (seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  (chunk.css ?? []).forEach((file) => seen.add(file));
  (chunk.imports ?? []).forEach((other) => eager(manifest, other, seen));
  return seen;
}

/** Throws where a budget is exceeded; returns a line that tells the sizes. */
function weigh(out, sizes) {
  const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));
  // The one style sheet is no entry of the manifest that a page names.
  const sheets = [...sizes.keys()].filter((name) => name.endsWith('.css'));
  const base = [...eager(manifest, 'index.html'), ...sheets, 'index.html', 'theme.js'];
  const sum = (names) => [...new Set(names)].reduce((total, name) => total + sizes.get(name), 0);
  const routes = Object.keys(manifest)
    .filter((key) => key.startsWith('pages/'))
    .map((key) => ({ key, bytes: sum([...base, ...eager(manifest, key)]) }))
    .sort((a, b) => b.bytes - a.bytes);
  const all = sum([...sizes.keys()]);
  const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`;
  const line = `heaviest first page ${kib(routes[0].bytes)} (${routes[0].key}), all ${kib(all)}, gzipped`;
  if (routes[0].bytes > FIRST_ROUTE_BYTES || all > ALL_BYTES) {
    throw new Error(`${line} (expected: at most ${kib(FIRST_ROUTE_BYTES)} and ${kib(ALL_BYTES)})`);
  }
  return line;
}

/** Packed in blocks of whichever size suits the file best. */
const smallest = (content) => [6, 7, 8].map((memLevel) => gzipSync(content, { level: 9, memLevel })).reduce((one, other) => (other.length < one.length ? other : one));

function build(out) {
  const stamp = join(out, '.built');
  if (fresh(stamp, inputs)) return;
  install();
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  run('npx', '--no-install', 'vite', 'build', '--outDir', out, '--logLevel', 'warn');
  const sizes = new Map();
  for (const name of files(out).filter((file) => file !== 'manifest.json')) {
    const packed = smallest(readFileSync(join(out, name)));
    sizes.set(name, packed.length);
    writeFileSync(join(out, `${name}.gz`), packed);
  }
  const line = weigh(out, sizes);
  writeFileSync(join(out, 'files.txt'), [...sizes.keys()].sort().map((name) => `${name}\n`).join(''));
  rmSync(join(out, 'manifest.json'));
  writeFileSync(stamp, '');
  console.log(`ui: ${line}`);
}

/** Checks types, and runs the unit tests as plain scripts. */
function check() {
  const stamp = join(here, 'target/.checked');
  if (fresh(stamp, [...inputs, 'src/test/web'])) return;
  install();
  run('npx', '--no-install', 'svelte-check', '--tsconfig', 'tsconfig.json', '--fail-on-warnings', '--output', 'human');
  const units = readdirSync(join(here, 'src/test/web')).filter((name) => name.endsWith('.test.ts'));
  const out = join(here, 'target/web-tests');
  rmSync(out, { recursive: true, force: true });
  run('npx', '--no-install', 'rolldown', ...units.map((name) => `src/test/web/${name}`), '--dir', out, '--platform', 'node', '--logLevel', 'silent');
  run('node', '--test', ...units.map((name) => join(out, name.replace(/\.ts$/, '.js'))));
  writeFileSync(stamp, '');
}

if (process.argv[2] === '--check') check();
else build(resolve(process.argv[2]));
