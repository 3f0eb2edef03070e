interface Layout {
  readonly document: {
    readonly documentElement: { readonly scrollWidth: number; readonly clientWidth: number };
    querySelectorAll(selector: string): Iterable<{
      readonly className: unknown;
      readonly tagName: string;
      closest(selector: string): unknown;
      getBoundingClientRect(): { readonly left: number; readonly right: number; readonly width: number };
    }>;
  };
}

/** Runs in the page: elements that reach beyond it, apart from what is cut on purpose. */
export function overflowing(): string[] {
  const { document } = globalThis as unknown as Layout;
  const { clientWidth, scrollWidth } = document.documentElement;
  const cut = '.heard, .mask-picture, .mask-marks, .mask-cursor, .compare-handle, .progress div';
  const wide = [...document.querySelectorAll('main *, [role="main"] *')].filter((element) => {
    const { left, right, width } = element.getBoundingClientRect();
    return width > 0 && !element.closest(cut) && (left < -0.5 || right > clientWidth + 0.5);
  });
  const names = wide.map(({ tagName, className }) => `${tagName}.${String(className)}`);
  return scrollWidth > clientWidth ? [`page ${scrollWidth}`, ...names] : names;
}
