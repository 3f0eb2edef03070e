import type * as vscode from 'vscode';

/** A typed entry of a Memento: what the extension remembers between windows. Never a secret. */
export interface Remembered<T> {
  get(): T;
  set(value: T): Thenable<void>;
}

/**
 * Makes a typed entry of a Memento.
 * @param parse checks what was stored, by this version or another
 */
export function remembered<T>(
  memento: vscode.Memento,
  key: string,
  parse: (stored: unknown) => T,
): Remembered<T> {
  return {
    get: () => parse(memento.get(key)),
    set: (value) => memento.update(key, value),
  };
}

/** A stored list of strings; anything else counts as none. */
export function parseStrings(stored: unknown): readonly string[] {
  return Array.isArray(stored) ? stored.filter((one): one is string => typeof one === 'string') : [];
}

/** A stored table of strings; anything else counts as empty. */
export function parseStringTable(stored: unknown): Readonly<Record<string, string>> {
  if (typeof stored !== 'object' || stored === null) return {};
  return Object.fromEntries(
    Object.entries(stored).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
