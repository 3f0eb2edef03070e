import type { FormControl, PanelForm, PanelStrings } from '../src/protocol/panel.ts';
import { h, setText } from './dom.ts';
import type { PageState } from './state.ts';

/** The settings of the next request. */
export interface Form {
  readonly element: HTMLElement;
  readonly render: (state: PageState) => void;
  /** Tells what stands in the text boxes and was not told yet: they tell it by themselves only when they are left. */
  readonly commit: () => void;
}

type Option = readonly [value: string, label: string];

/** Not sizes of a model, but what documents and pages ask for. */
const shapes: readonly string[] = [
  ...['1:1', '3:2', '2:3', '4:3', '3:4', '16:9', '9:16', '21:9'],
  ...['512x512', '1024x1024', '1200x630', '1536x1024', '1920x1080'],
];
const custom = 'custom';

function createSelect(label: string, options: readonly Option[], change: (value: string) => void) {
  const select = h(
    'select',
    { 'aria-label': label },
    ...options.map(([value, text]) => h('option', { value }, text)),
  );
  select.addEventListener('change', () => change(select.value));
  const element = h('label', { class: 'field' }, h('span', {}, label), select);
  return {
    element,
    select,
    set: (value: string) => {
      if (select.value !== value) select.value = value;
    },
  };
}

function createText(label: string, placeholder: string, change: (value: string) => void) {
  const input = h('input', {
    type: 'text',
    'aria-label': label,
    placeholder,
    maxlength: '20',
    spellcheck: 'false',
  });
  /** What the form has of it. */
  let known = '';
  const commit = () => {
    const value = input.value.trim();
    if (input.hidden || value === known) return;
    known = value;
    change(value);
  };
  input.addEventListener('change', commit);
  return {
    input,
    commit,
    set: (value: string) => {
      known = value;
      if (document.activeElement !== input) input.value = value;
    },
  };
}

/** A list of shapes, and a box for another. */
function createShape(strings: PanelStrings, change: (shape: string) => void) {
  const text = createText(strings.shape, strings.shapePlaceholder, change);
  let isTyping = false;
  const options: readonly Option[] = [
    ['', strings.shapeAuto],
    ...shapes.map((shape): Option => [shape, shape.replace('x', ' × ')]),
    [custom, strings.shapeCustom],
  ];
  const list = createSelect(strings.shape, options, (value) => {
    isTyping = value === custom;
    text.input.hidden = !isTyping;
    if (isTyping) text.input.focus();
    else change(value);
  });
  list.element.append(text.input);
  return {
    element: list.element,
    commit: text.commit,
    set: (shape: string) => {
      const isOther = shape !== '' && !shapes.includes(shape);
      list.set(isTyping || isOther ? custom : shape);
      text.input.hidden = !(isTyping || isOther);
      text.set(shape);
    },
  };
}

/** As many as the person's settings allow. */
function createCount(strings: PanelStrings, change: (count: number) => void) {
  const { element, select, set } = createSelect(strings.count, [], (value) => change(Number(value)));
  return {
    element,
    set: (count: number, most: number) => {
      if (select.options.length !== most)
        select.replaceChildren(
          ...Array.from({ length: most }, (_, at) => h('option', { value: String(at + 1) }, String(at + 1))),
        );
      set(String(count));
    },
  };
}

/** Why controls are not there, for whoever asks. */
function createAbsences(strings: PanelStrings) {
  const list = h('ul', { role: 'list' });
  const element = h('div', { class: 'absences' }, h('p', {}, strings.notShown), list);
  return {
    element,
    render: (absent: Readonly<Partial<Record<FormControl, string>>>) => {
      const reasons = Object.entries(absent).map(([name, why]) => `${strings[name as FormControl]}: ${why}`);
      element.hidden = reasons.length === 0;
      if (list.textContent !== reasons.join(''))
        list.replaceChildren(...reasons.map((reason) => h('li', {}, reason)));
    },
  };
}

/** Makes the form. @param changed takes the whole form after each change */
export function createForm(strings: PanelStrings, changed: (form: PanelForm) => void): Form {
  let form: PanelForm = { shape: '', count: 1, quality: '', background: '', format: '', seed: '' };
  const change = (member: Partial<PanelForm>) => {
    form = { ...form, ...member };
    changed(form);
  };
  const shape = createShape(strings, (value) => change({ shape: value }));
  const count = createCount(strings, (value) => change({ count: value }));
  const choice = (label: string, first: string, options: readonly Option[], name: keyof PanelForm) =>
    createSelect(label, [['', first], ...options], (value) => change({ [name]: value }));
  const quality = choice(
    strings.quality,
    strings.auto,
    [
      ['low', strings.low],
      ['medium', strings.medium],
      ['high', strings.high],
    ],
    'quality',
  );
  const background = choice(
    strings.background,
    strings.auto,
    [
      ['transparent', strings.transparent],
      ['opaque', strings.opaque],
    ],
    'background',
  );
  const format = choice(
    strings.format,
    strings.asDelivered,
    [
      ['png', 'PNG'],
      ['jpeg', 'JPEG'],
      ['webp', 'WebP'],
    ],
    'format',
  );
  const seedText = createText(strings.seed, strings.random, (value) =>
    change({ seed: /^-?\d{1,15}$/.test(value) ? value : '' }),
  );
  const seed = h('label', { class: 'field' }, h('span', {}, strings.seed), seedText.input);
  const absences = createAbsences(strings);
  const summary = h('summary', {}, strings.more);
  const more = h(
    'details',
    { class: 'more' },
    summary,
    h('div', { class: 'fields' }, quality.element, background.element, format.element, seed),
    absences.element,
  );
  const price = h('span', { class: 'price' });
  return {
    element: h('div', { class: 'form' }, shape.element, count.element, more, price),
    commit: () => {
      shape.commit();
      seedText.commit();
    },
    render: ({ panel }) => {
      form = panel.form;
      shape.set(form.shape);
      count.set(form.count, panel.maxCount);
      quality.set(form.quality);
      background.set(form.background);
      format.set(form.format);
      seedText.set(form.seed);
      quality.element.hidden = panel.absent.quality !== undefined;
      seed.hidden = panel.absent.seed !== undefined;
      absences.render(panel.absent);
      setText(price, panel.priceLine);
    },
  };
}
