// Builds the bundles: the Node extension host, the browser (web worker) extension host, and the page.
//   node esbuild.js [--production] [--watch]
// The Node host gets six files: extension.js, which activation reads, gateway.js (the openai SDK and the
// offline gateway), which the first request reads, imageTools.js (metadata, manifests), which the first picture
// reads, agentTools.js, which a chat agent's first call reads, documentReferences.js (the parsers), which the first document reads, and imageWorker.js, the thread that decodes and encodes.
// A web extension must be one file, so there the same code sits inside it and is evaluated on first use.
// Both hosts read the compiled codecs in dist/wasm; scripts/codecFiles.json says which package each is from.
const { context } = require('esbuild');
const { copyFileSync, mkdirSync, readFileSync, rmSync, statSync } = require('node:fs');
const { basename, join, relative } = require('node:path');
const { gzipSync } = require('node:zlib');
const codecFiles = require('./scripts/codecFiles.json');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const at = (...parts) => join(__dirname, ...parts);

/** Keeps `import('…/gateway.ts')` out of extension.js: it becomes a require of its sibling gateway.js. */
const late = {
  name: 'late',
  setup(build) {
    build.onResolve(
      { filter: /\/(gateway\/gateway|imageTools|agentTools|documentReferences)\.ts$/ },
      ({ kind, path }) =>
        kind === 'dynamic-import' ? { path: `./${basename(path, '.ts')}.js`, external: true } : undefined,
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
// jsonc-parser's UMD form cannot be bundled; its modules can.
const host = {
  ...common,
  format: 'cjs',
  external: ['vscode'],
  target: 'es2023',
  mainFields: ['module', 'main'],
};

/** The codecs are handed their files: the start-up code of their packages must not look for them by its own URL. */
const codecGlue = { define: { 'import.meta.url': '"file:///codecs"' } };

const builds = [
  {
    ...host,
    platform: 'node',
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/extension.js',
    plugins: [late],
  },
  { ...host, platform: 'node', entryPoints: ['src/core/gateway/gateway.ts'], outfile: 'dist/gateway.js' },
  { ...host, platform: 'node', entryPoints: ['src/core/imageTools.ts'], outfile: 'dist/imageTools.js' },
  { ...host, platform: 'node', entryPoints: ['src/core/agentTools.ts'], outfile: 'dist/agentTools.js' },
  {
    ...host,
    platform: 'node',
    entryPoints: ['src/core/documentReferences.ts'],
    outfile: 'dist/documentReferences.js',
  },
  {
    ...host,
    ...codecGlue,
    platform: 'node',
    entryPoints: ['src/host/platform/node/imageWorker.ts'],
    outfile: 'dist/imageWorker.js',
  },
  {
    ...host,
    ...codecGlue,
    platform: 'browser',
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/web/extension.js',
  },
  {
    ...common,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    entryPoints: ['media/main.ts', 'media/panel.css'],
    loader: { '.svg': 'text' },
    outdir: 'dist/page',
  },
];

/** Licences that must go with the codecs (THIRD-PARTY-NOTICES.md). */
const licences = {
  'LICENSE-Apache-2.0.txt': '@jsquash/png/LICENSE',
  'LICENSE-MozJPEG.md': '@jsquash/jpeg/codec/LICENSE.codec.md',
  'LICENSE-libwebp.md': '@jsquash/webp/codec/LICENSE.codec.md',
};

function copyCodecs() {
  mkdirSync(at('dist/wasm'), { recursive: true });
  for (const [name, file] of Object.entries(codecFiles)) {
    copyFileSync(at('node_modules', file), at('dist/wasm', `${name}.wasm`));
  }
  for (const [name, file] of Object.entries(licences)) {
    copyFileSync(at('node_modules', file), at('dist/wasm', name));
  }
}

function printSizes() {
  const scripts = [
    'extension.js',
    'gateway.js',
    'imageTools.js',
    'agentTools.js',
    'documentReferences.js',
    'imageWorker.js',
    'web/extension.js',
  ];
  const codecs = Object.keys(codecFiles).map((name) => `wasm/${name}.wasm`);
  for (const file of [...scripts, ...codecs, 'page/main.js', 'page/panel.css']) {
    const path = at('dist', file);
    const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(10);
    console.log(
      `${relative(__dirname, path).padEnd(26)} ${kB(statSync(path).size)} ${kB(gzipSync(readFileSync(path)).length)} gzip`,
    );
  }
}

async function main() {
  if (!watch) rmSync(at('dist'), { recursive: true, force: true });
  copyCodecs();
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
