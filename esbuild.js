// Builds the bundles: the Node extension host, the browser (web worker) extension host, and the page.
//   node esbuild.js [--production] [--watch]
// The Node host gets two files: extension.js, which activation reads, and gateway.js (the openai SDK and
// the offline gateway), which the first request reads. A web extension must be one file, so there the
// same code sits inside it and is evaluated on first use.
const { context } = require('esbuild');
const { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } = require('node:fs');
const { join, relative } = require('node:path');
const { gzipSync } = require('node:zlib');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const at = (...parts) => join(__dirname, ...parts);

/** Keeps `import('…/gateway.ts')` out of extension.js: it becomes a require of its sibling gateway.js. */
const lateGateway = {
  name: 'late-gateway',
  setup(build) {
    build.onResolve({ filter: /\/gateway\/gateway\.ts$/ }, (args) =>
      args.kind === 'dynamic-import' ? { path: './gateway.js', external: true } : undefined,
    );
  },
};

const common = {
  bundle: true,
  minify: production,
  sourcemap: !production,
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'warning',
  absWorkingDir: __dirname,
};
const host = {
  ...common,
  format: 'cjs',
  external: ['vscode'],
  target: 'es2023',
  // The codecs' JavaScript asks where it lies, and is given its WebAssembly all the same.
  logOverride: { 'empty-import-meta': 'silent' },
};

const builds = [
  {
    ...host,
    platform: 'node',
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/extension.js',
    plugins: [lateGateway],
  },
  { ...host, platform: 'node', entryPoints: ['src/core/gateway/gateway.ts'], outfile: 'dist/gateway.js' },
  {
    ...host,
    platform: 'node',
    entryPoints: ['src/host/platform/node/imageWorker.ts'],
    outfile: 'dist/imageWorker.js',
  },
  { ...host, platform: 'browser', entryPoints: ['src/extension.ts'], outfile: 'dist/web/extension.js' },
  {
    ...common,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    entryPoints: ['media/main.ts', 'media/panel.css'],
    outdir: 'dist/page',
  },
];

/** The codecs' WebAssembly, under the names by which src/core/image/codecs/wasmFiles.ts knows them. */
function copyWasm() {
  const source = readFileSync(at('src/core/image/codecs/wasmFiles.ts'), 'utf8');
  mkdirSync(at('dist/wasm'), { recursive: true });
  for (const [, name, file] of source.matchAll(/^ {2}(\w+): '(@[^']+\.wasm)',$/gm))
    copyFileSync(at('node_modules', file), at('dist/wasm', `${name}.wasm`));
}

function printSizes() {
  const wasm = readdirSync(at('dist/wasm')).map((name) => `wasm/${name}`);
  const scripts = ['extension.js', 'gateway.js', 'imageWorker.js', 'web/extension.js'];
  for (const file of [...scripts, 'page/main.js', 'page/panel.css', ...wasm]) {
    const path = at('dist', file);
    const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(10);
    console.log(
      `${relative(__dirname, path).padEnd(24)} ${kB(statSync(path).size)} ${kB(gzipSync(readFileSync(path)).length)} gzip`,
    );
  }
}

async function main() {
  if (!watch) rmSync(at('dist'), { recursive: true, force: true });
  copyWasm();
  const contexts = await Promise.all(builds.map((options) => context(options)));
  if (watch) {
    await Promise.all(contexts.map((one) => one.watch()));
    console.log('watching');
    return;
  }
  await Promise.all(contexts.map((one) => one.rebuild()));
  await Promise.all(contexts.map((one) => one.dispose()));
  printSizes();
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
