// The scripts and tests are compiled without the DOM's types, so that no host code uses the DOM by accident. Functions
// that Playwright carries into the page see of it what is named here.

/** An element, for functions that run in the page. */
export interface PageElement {
  readonly textContent: string;
  readonly innerText?: string;
  readonly value?: unknown;
  readonly checked?: unknown;
  readonly type?: string;
  readonly placeholder?: string;
  readonly attributes: Iterable<{ readonly name: string; readonly value: string }>;
  readonly ownerDocument: { readonly activeElement: PageElement | null; hasFocus(): boolean };
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
  getAttribute(name: string): string | null;
  hasAttribute(name: string): boolean;
}

/** The page's clipboard. */
export interface PageClipboard {
  read(): Promise<{ readonly types: readonly string[]; getType(type: string): Promise<Blob> }[]>;
}
