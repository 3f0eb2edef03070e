import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { onceFolder } from './onceFolder.ts';
import { cacheDir } from './paths.ts';

const flags = [
  // Chromium's own sandbox does not start for root, nor in most containers; only our loopback page is opened.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const require = createRequire(import.meta.url);

/** Starts a headless Chrome, Chromium or Edge: an installed one, else the one inside `@sparticuz/chromium`. */
export async function launchBrowser(): Promise<Browser> {
  const failures: string[] = [];
  for (const executablePath of installedBrowsers()) {
    try {
      return await launch(executablePath);
    } catch (error) {
      failures.push(`${executablePath}: ${firstLine(error)}`);
    }
  }
  if (process.platform === 'linux') return launchPackaged();
  throw new Error(`No Chrome, Chromium or Edge starts here; install one. ${failures.join('; ')}`);
}

/** A page context whose pages of `origin` may use the clipboard. */
export async function newPage(browser: Browser, origin: string) {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
  return context.newPage();
}

function launch(executablePath: string, env: NodeJS.ProcessEnv = {}): Promise<Browser> {
  const environment = Object.entries({ ...process.env, ...env }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return chromium.launch({
    executablePath,
    headless: true,
    args: flags,
    timeout: 60_000,
    env: Object.fromEntries(environment),
    // The scripts stop the browser themselves when they are stopped.
    handleSIGINT: false,
    handleSIGTERM: false,
  });
}

function installedBrowsers(): string[] {
  const chosen = process.env['IMAGE_GATEWAY_TEST_BROWSER'];
  const names = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge'];
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  const programs = [
    process.env['PROGRAMFILES'],
    process.env['PROGRAMFILES(X86)'],
    process.env['LOCALAPPDATA'],
  ];
  const windows = programs.flatMap((folder) =>
    folder === undefined
      ? []
      : [
          join(folder, 'Google/Chrome/Application/chrome.exe'),
          join(folder, 'Microsoft/Edge/Application/msedge.exe'),
        ],
  );
  const mac = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
    (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
  );
  const all = process.platform === 'win32' ? windows : process.platform === 'darwin' ? mac : onPath;
  return chosen === undefined ? all.filter((path) => existsSync(path)) : [chosen];
}

async function launchPackaged(): Promise<Browser> {
  const folder = await unpackChromium();
  const executablePath = join(folder, 'chromium');
  const fonts = hasFonts() ? {} : { FONTCONFIG_PATH: join(folder, 'fonts') };
  try {
    return await launch(executablePath, fonts);
  } catch (error) {
    if (!/error while loading shared libraries|cannot open shared object/.test(String(error))) throw error;
    // A bare machine lacks nss and others; the package brings them along.
    const libraries = [join(folder, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH']]
      .filter(Boolean)
      .join(':');
    return launch(executablePath, { ...fonts, LD_LIBRARY_PATH: libraries });
  }
}

/** Without any font, Chromium ends at the first text it draws. */
function hasFonts(): boolean {
  return ['/usr/share/fonts', '/usr/local/share/fonts'].some(
    (folder) => existsSync(folder) && readdirSync(folder).length > 0,
  );
}

/**
 * Unpacks the browser of `@sparticuz/chromium` into the cache. The package unpacks into the shared temp folder and
 * takes whatever lies there already, half-written or another user's; in a child process that folder is ours.
 */
function unpackChromium(): Promise<string> {
  const packageDir = dirname(dirname(dirname(require.resolve('@sparticuz/chromium'))));
  const { version } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')) as {
    version: string;
  };
  return onceFolder(join(cacheDir, `chromium-${version}`), async (temporary) => {
    const script = `import('@sparticuz/chromium').then((chromium) => chromium.default.executablePath())`;
    // The variable makes it unpack the shared libraries, too.
    const env = { ...process.env, TMPDIR: temporary, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' };
    const child = spawn(process.execPath, ['-e', script], {
      cwd: import.meta.dirname,
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let printed = '';
    child.stderr.on('data', (bytes: Buffer) => (printed += bytes.toString()));
    const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
    if (code !== 0) throw new Error(`@sparticuz/chromium could not be unpacked:\n${printed}`);
  });
}

function firstLine(error: unknown): string {
  return String(error).split('\n')[0] ?? '';
}
