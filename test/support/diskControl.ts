import {
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  realpath,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { DiskApi } from './controlApi.ts';

/** Gives tests the disk below `temporary`, and nothing else of the machine. */
export function diskControl(temporary: string, workspace: string): DiskApi {
  /** The path, if the folder it is in (links followed) lies in the temporary folder. */
  const inside = async (path: string) => {
    const whole = resolve(workspace, path);
    let existing = dirname(whole);
    while (!(await exists(existing))) existing = dirname(existing);
    const [base, real] = await Promise.all([realpath(temporary), realpath(existing)]);
    const from = relative(base, real);
    const isInside = from !== '..' && !from.startsWith(`..${sep}`) && !isAbsolute(from);
    if (!isInside && whole !== temporary) throw new Error(`${path} is outside the run's temporary folder`);
    return whole;
  };
  return {
    read: async (path) => {
      const whole = await inside(path);
      return readFile(whole, 'base64').catch((error: unknown) => ifMissing(error));
    },
    list: async (path = '.') => list(await inside(path)),
    write: async (path, base64) => {
      const whole = await inside(path);
      await mkdir(dirname(whole), { recursive: true });
      await writeFile(whole, Buffer.from(base64, 'base64'));
    },
    symlink: async (target, path) => {
      const whole = await inside(path);
      await mkdir(dirname(whole), { recursive: true });
      // On Windows a junction is the link that needs no right of its own.
      await symlink(target, whole, process.platform === 'win32' ? 'junction' : undefined);
    },
    remove: async (path) => rm(await inside(path), { recursive: true, force: true }),
    folders: () => Promise.resolve({ temporary, workspace }),
  };
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

function ifMissing(error: unknown): null {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') return null;
  throw error;
}

async function list(folder: string, prefix = ''): Promise<string[]> {
  const folderPath = join(folder, prefix);
  const entries = (await exists(folderPath)) ? await readdir(folderPath, { withFileTypes: true }) : [];
  const lines = entries.map(async (entry) => {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isSymbolicLink()) return [`${path} -> ${await readlink(join(folder, path))}`];
    return entry.isDirectory() ? list(folder, path) : [path];
  });
  return (await Promise.all(lines)).flat().sort();
}
