import type { HistoryFilter, HistoryStrings } from '../../src/protocol/history.ts';
import { h } from '../dom.ts';
import { noFilter } from './entryPages.ts';

/** Milliseconds without a key after which it is searched. */
const pauseMs = 200;
/** Characters that the host takes of it. */
const mostSearched = 200;

/** The search box and what narrows the list. */
export interface Filters {
  readonly element: HTMLElement;
  readonly focus: () => void;
  readonly setModels: (models: readonly string[]) => void;
  /** Wants everything again. */
  readonly clear: () => void;
}

/** @param changed is called a moment after the person typed, and at once for a choice */
export function createFilters(strings: HistoryStrings, changed: (filter: HistoryFilter) => void): Filters {
  const search = h('input', {
    type: 'search',
    class: 'history-search',
    maxlength: String(mostSearched),
    placeholder: strings.search,
    'aria-label': strings.search,
    spellcheck: 'false',
  });
  const kept = h('input', { type: 'checkbox' });
  const model = h('select', { class: 'history-models', 'aria-label': strings.model });
  let last = noFilter;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = () => {
    clearTimeout(timer);
    const filter = { words: search.value.trim(), isKeptOnly: kept.checked, model: model.value };
    if (JSON.stringify(filter) === JSON.stringify(last)) return;
    last = filter;
    changed(filter);
  };
  search.addEventListener('input', (event) => {
    // While an input method composes, the words are not there yet.
    if (event instanceof InputEvent && event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(tell, pauseMs);
  });
  search.addEventListener('compositionend', tell);
  search.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.isComposing) tell();
    if (event.key !== 'Escape' || search.value === '' || event.isComposing) return;
    // It empties the box first; only then does it mean anything else.
    search.value = '';
    tell();
    event.preventDefault();
    event.stopPropagation();
  });
  kept.addEventListener('change', tell);
  model.addEventListener('change', tell);
  const setModels = (models: readonly string[]) => {
    const wanted = ['', ...models];
    const chosen = model.value;
    if (wanted.length === model.options.length && wanted.every((one, at) => one === model.options[at]?.value))
      return;
    model.replaceChildren(
      ...wanted.map((one) => h('option', { value: one }, one === '' ? strings.allModels : one)),
    );
    model.value = wanted.includes(chosen) ? chosen : '';
    // One model is no choice.
    model.hidden = models.length < 2;
    if (model.value !== chosen) tell();
  };
  setModels([]);
  return {
    element: h(
      'div',
      { class: 'history-filters' },
      search,
      h('div', { class: 'history-narrow' }, h('label', {}, kept, strings.keptOnly), model),
    ),
    focus: () => search.focus(),
    setModels,
    clear: () => {
      search.value = '';
      kept.checked = false;
      model.value = '';
      tell();
    },
  };
}
