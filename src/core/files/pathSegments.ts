import { outsideWords } from '../outsideText.ts';

/** The longest name that the usual file systems take, in UTF-8. */
const mostBytes = 255;
const mostShown = 80;

/**
 * A name as the most careless of file systems compares it (rule 8): NFKC, case-folded, without format and
 * other invisible characters, without trailing dots and spaces. HFS+ drops invisible characters, NTFS
 * trailing dots and spaces, both fold case.
 */
export function foldName(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .toUpperCase()
    .toLowerCase()
    .replace(/[. ]+$/, '');
}

/** Whether a name is, or by its short (8.3) name can be, the folder in which Git keeps a repository. */
export function isGitFolder(name: string): boolean {
  return /^(\.git|git~\d+)$/.test(foldName(name));
}

/**
 * Whether Windows takes a name for a device, whatever follows a dot: CON, COM1, com¹.txt, CONIN$ …
 * https://learn.microsoft.com/windows/win32/fileio/naming-a-file
 */
export function isDeviceName(name: string): boolean {
  return /^(con|prn|aux|nul|com[0-9]|lpt[0-9]|conin\$|conout\$|clock\$) *(\.|$)/.test(foldName(name));
}

/**
 * Says why a directory or file name is refused, on every platform alike: a workspace travels.
 * @returns the end of a sentence that begins with the name ("is …", "holds …"); undefined when it is fine
 */
export function refusePathSegment(segment: string): string | undefined {
  const folded = foldName(segment);
  if (segment === '') return 'is empty';
  if (/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(segment)) return 'holds a control character';
  if (segment === '..') return 'leads out of its folder';
  if (folded === '') return 'holds nothing but dots, spaces or invisible characters';
  if (/[\\/]/.test(segment.normalize('NFKC'))) return 'holds a slash or backslash';
  // A drive, or a stream of NTFS: `.git::$INDEX_ALLOCATION` is the folder itself.
  if (folded.includes(':')) return 'holds a colon';
  if (folded === '.git') return "is Git's own folder";
  if (isShortAlias(folded)) return 'can be the short (8.3) name of another file or folder';
  if (isDeviceName(segment)) return 'is the name of a device in Windows';
  if (new TextEncoder().encode(segment).length > mostBytes) return `is longer than ${mostBytes} bytes`;
  return undefined;
}

/**
 * Takes apart a directory that is given relative to a workspace folder, with `/` on every platform. Empty
 * and `.` mean the folder itself; absolute paths, `..` and refused names are a problem.
 * @returns the names on the way, or one sentence saying what is wrong
 */
export function normalizeRelativeDirectory(
  path: string,
): { readonly segments: string[] } | { readonly problem: string } {
  const trimmed = path.trim();
  const shown = `The directory "${outsideWords(trimmed, [], mostShown)}"`;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed)) {
    return { problem: `${shown} is a URI; give a path relative to the workspace folder.` };
  }
  if (/^(\/|\\|~(\/|\\|$)|[a-z]:)/i.test(trimmed)) {
    return { problem: `${shown} is absolute; give a path relative to the workspace folder.` };
  }
  if (trimmed.includes('\\')) return { problem: `${shown} holds a backslash; separate folders with "/".` };

  const segments = trimmed.split('/').filter((segment) => segment !== '' && segment !== '.');
  for (const segment of segments) {
    const reason = refusePathSegment(segment);
    if (reason === undefined) continue;
    const name = outsideWords(segment, [], mostShown);
    return { problem: `${shown} cannot be used: "${name}" ${reason}.` };
  }
  return { segments };
}

/** `PROGRA~1`, `git~1`, `GI7EB7~1.PNG`: at most 8 characters, a tilde and a number, an extension of 3. */
function isShortAlias(folded: string): boolean {
  return /^(?=[^.]{1,8}(\.|$))[^.]{1,6}~[0-9]{1,6}(\.[^.]{0,3})?$/u.test(folded);
}
