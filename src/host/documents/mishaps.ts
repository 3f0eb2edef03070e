/** What a search may tell of besides images. */
export interface SearchWarning {
  /** One sentence. */
  readonly words: string;
  /** Whether images may be missing of which the search does not know. */
  readonly isIncomplete: boolean;
}

/** What goes wrong in a search without ending it. */
export type Mishap = 'document' | 'long' | 'many' | 'folder' | 'image' | 'pattern' | 'exception';

const words: Readonly<Record<Mishap, (count: number, first: string) => string>> = {
  document: (count, first) =>
    `Not looked for images because of an error: ${count} of the documents. The first: ${first}`,
  long: (count, first) =>
    `Not looked for images, because they are too long: ${count} of the documents. The first: ${first}`,
  many: (count, first) =>
    `Only the first images were looked for in ${count} of the documents, which name very many. The first: ${first}`,
  folder: (count, first) =>
    `Not searched, because they cannot be read or lie too deep: ${count} of the folders. The first: ${first}`,
  image: (count, first) => `Not looked for because of an error: ${count} of the images. The first: ${first}`,
  pattern: (count, first) =>
    `Not followed, because matching them would take too long: ${count} patterns of .gitignore and files.exclude; files that ` +
    `they leave out were searched. The first are those of ${first}`,
  exception: (count, first) =>
    `Not followed, because matching them would take too long: ${count} exceptions (!) of .gitignore; files that git keeps were ` +
    `left out. The first are those of ${first}`,
};

/** Counts what goes wrong, so that a repository cannot fill the log with it. */
export class Mishaps {
  private readonly kinds = new Map<Mishap, { count: number; readonly first: string }>();

  /** @param where of the first of a kind is told. @param count how many there are; with none nothing is noted */
  add(mishap: Mishap, where: string, count = 1): void {
    if (count === 0) return;
    const known = this.kinds.get(mishap);
    if (known === undefined) this.kinds.set(mishap, { count, first: where });
    else known.count += count;
  }

  /** A sentence for each kind. */
  *warnings(): Iterable<SearchWarning> {
    for (const [mishap, { count, first }] of this.kinds)
      yield { words: `${words[mishap](count, first)}.`, isIncomplete: mishap !== 'pattern' };
  }
}
