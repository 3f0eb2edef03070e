/**
 * Remembers which button has the focus, for when the view that holds it is another: a picture's view is made anew when
 * the picture is kept, discarded, taken back or exchanged.
 * @returns gives the focus back: to the button itself where it is still seen, else in the same tile to the button of
 *   the same name, or the first, of the picture that is new there; returns false where there is none
 */
export function rememberFocus(): () => boolean {
  const { activeElement, body } = document;
  const button = activeElement instanceof HTMLElement && activeElement !== body ? activeElement : undefined;
  const tile = button?.closest('.tile');
  const before = new Set(tile?.querySelectorAll('.picture-view'));
  return () => {
    if (button?.checkVisibility()) return takesFocus(button);
    const views = [...(tile?.querySelectorAll('.picture-view') ?? [])];
    const buttons = buttonsOf(views.find((view) => !before.has(view)) ?? tile);
    return takesFocus(buttons.find((one) => nameOf(one) === nameOf(button)) ?? buttons[0]);
  };
}

/** The first button of all tiles; returns false where there is none. */
export function focusFirstTile(sheet: HTMLElement): boolean {
  return takesFocus([...sheet.querySelectorAll('.tile')].flatMap(buttonsOf)[0]);
}

function takesFocus(button: HTMLElement | undefined): boolean {
  button?.focus();
  return button !== undefined;
}

function buttonsOf(element: Element | null | undefined): readonly HTMLElement[] {
  const buttons = element?.querySelectorAll<HTMLElement>('button') ?? [];
  return [...buttons].filter((button) => button.checkVisibility());
}

function nameOf(button: HTMLElement | undefined): string | null | undefined {
  return button?.getAttribute('aria-label') ?? button?.textContent;
}
