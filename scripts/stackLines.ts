import { existsSync, readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { dirname, relative, resolve } from 'node:path';
import { testBundle } from './bundleTests.ts';
import { rootDir } from './paths.ts';

/** Makes the stack lines of an error inside the editor name the tests' own files; those of mocha and Node are left out. */
export function mapStack(error: string): string {
  const path = `${testBundle}.map`;
  if (!existsSync(path)) return error;
  const map = new SourceMap(JSON.parse(readFileSync(path, 'utf8')) as SourceMapPayload);
  const lines = error.split('\n').map((line) => {
    const place = /^(\s*at .*?)\(?[^\s()]*index\.js(#[\w-]+)?:(\d+):(\d+)\)?$/.exec(line);
    if (place === null) return /^\s*at .*(node:internal|extensionHostProcess)/.test(line) ? undefined : line;
    // The browser's host puts two lines of its own before the file.
    const own = place[2] === undefined ? 0 : 2;
    const entry = map.findEntry(Number(place[3]) - 1 - own, Number(place[4]) - 1);
    if (!('originalSource' in entry)) return line;
    const source = relative(rootDir, resolve(dirname(testBundle), entry.originalSource));
    return source.includes('node_modules') ? undefined : `${place[1]}(${source}:${entry.originalLine + 1})`;
  });
  return lines.filter((line) => line !== undefined).join('\n');
}
