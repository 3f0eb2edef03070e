import type { EditDraft, EditPicture, EditState, FromEdit, ToEdit } from '../../src/protocol/edit.ts';
import type { EditViewStrings } from '../../src/protocol/editStrings.ts';
import { keepFocus } from '../keepFocus.ts';
import { newsOf, newsWords } from './editNews.ts';
import { createEditParts } from './editParts.ts';

type Opened = Extract<ToEdit, { readonly type: 'opened' }>;

/** What an edit needs of the page. */
export interface EditSessionActions {
  readonly post: (message: FromEdit) => void;
  readonly say: (words: string) => void;
  /** The person leaves. */
  readonly leave: () => void;
}

/** What was asked for, and of which step: with it one can try again. */
interface EditRequest extends EditDraft {
  readonly from: number;
}

/** Of a step, until the host has said something of it. */
const nothingSaid = { status: 'ready', text: '', failure: '', notices: [], costLine: '' } as const;

/** The edit of one picture, from when it opens until it closes. */
export class EditSession {
  readonly element: HTMLElement;
  readonly #strings: EditViewStrings;
  readonly #actions: EditSessionActions;
  readonly #pictures = new Map<number, EditPicture>();
  /** What led to a step. */
  readonly #requests = new Map<number, EditRequest>();
  readonly #parts;
  #state: EditState;
  #lastRequest: EditRequest | undefined;
  /** The host was asked for something and has not answered. */
  #asked: 'generate' | 'accept' | undefined;
  /** On a result: the original is always there to be marked. */
  #isMarking: boolean;

  constructor({ strings, state, picture, draft }: Opened, actions: EditSessionActions) {
    this.#strings = strings.view;
    this.#actions = actions;
    this.#state = state;
    this.#pictures.set(0, picture);
    this.#parts = createEditParts(strings, {
      goTo: (step) => this.#goTo(step),
      close: () => this.#leave(),
      showLog: () => actions.post({ type: 'showLog' }),
      stage: {
        marked: () => this.#postDraft(),
        escape: () => this.escape(),
        swap: (change) => this.#change(change),
      },
      choices: {
        accept: () => this.#accept(),
        // Said in so many words: nobody is asked again.
        reject: actions.leave,
        tryAgain: () => this.#tryAgain(),
        markPart: () => this.#mark(true),
        backToComparison: () => this.#mark(false),
      },
      prompt: {
        changed: () => this.#postDraft(),
        generate: () => this.generate(),
        cancel: () => actions.post({ type: 'cancel' }),
      },
      question: { leave: actions.leave, stay: () => this.#parts.ask(false) },
    });
    this.element = this.#parts.element;
    this.#parts.stage.setMarks(state.step, draft?.strokes ?? []);
    this.#parts.prompt.setText(draft?.prompt ?? '');
    this.#isMarking = (draft?.strokes.length ?? 0) > 0;
    // Of a request that a page before this one made.
    if (draft && state.status === 'running') this.#lastRequest = { from: state.step, ...draft };
    this.#render();
  }

  /** Puts the focus where one begins. */
  focus(): void {
    this.#parts.prompt.focus();
  }

  receive(message: Exclude<ToEdit, { readonly type: 'opened' | 'closed' }>): void {
    switch (message.type) {
      case 'state':
        this.#take(message.state);
        return;
      case 'text':
        this.#state = { ...this.#state, text: this.#state.text + message.text };
        this.#parts.outcome.render(this.#state);
        return;
      case 'partial':
        if (this.#isRunning()) this.#parts.stage.progress.showFrame(message.bytes, message.mediaType);
        return;
      case 'picture':
        if (this.#pictures.has(message.step)) this.#parts.stage.forget(message.step);
        this.#pictures.set(message.step, message.picture);
        this.#render();
        return;
    }
  }

  /** Asks for what was written, as the button does. */
  generate(): void {
    const draft = this.#draft();
    if (this.#isBusy() || this.#parts.isAsking() || draft.prompt.trim() === '') return;
    // What cannot be seen is not sent along.
    const strokes = this.#phase() === 'marking' ? draft.strokes : [];
    this.#lastRequest = { from: this.#state.step, prompt: draft.prompt, strokes };
    this.#asked = 'generate';
    this.#actions.post({ type: 'generate', prompt: draft.prompt, strokes });
    this.#render();
  }

  /** One step back; out of the edit at last. */
  escape(): void {
    if (this.#parts.isAsking()) this.#parts.ask(false);
    else if (this.#isRunning()) this.#actions.post({ type: 'cancel' });
    else if (this.#phase() === 'marking' && this.#state.step > 0) this.#mark(false);
    else this.#leave();
  }

  dispose(): void {
    this.#parts.stage.dispose();
  }

  #isRunning(): boolean {
    return this.#state.status === 'running' || this.#asked === 'generate';
  }

  #isBusy(): boolean {
    return this.#isRunning() || this.#asked !== undefined || !this.#pictures.has(this.#state.step);
  }

  #phase(): 'running' | 'marking' | 'comparing' {
    if (this.#isRunning()) return 'running';
    return this.#state.step === 0 || this.#isMarking ? 'marking' : 'comparing';
  }

  #draft(): EditDraft {
    return { prompt: this.#parts.prompt.text(), strokes: this.#parts.stage.marks(this.#state.step) };
  }

  #postDraft(): void {
    this.#actions.post({ type: 'draft', ...this.#draft() });
  }

  #take(next: EditState): void {
    const before = this.#state;
    const wasRunning = this.#isRunning();
    this.#state = next;
    this.#asked = undefined;
    const hasArrived = wasRunning && next.status === 'ready' && next.step !== before.step;
    if (hasArrived) {
      if (this.#lastRequest) this.#requests.set(next.step, this.#lastRequest);
      this.#isMarking = false;
      this.#parts.prompt.setText('');
    } else if (next.step !== before.step) this.#isMarking = false;
    this.#render();
    const news = hasArrived ? 'arrived' : newsOf(before, next, wasRunning);
    if (news) this.#actions.say(newsWords(news, next, this.#strings));
    if (hasArrived) this.#postDraft();
  }

  #goTo(step: number): void {
    if (step === this.#state.step) return;
    this.#isMarking = false;
    this.#move(step);
  }

  /** The host is told, and need not answer first. */
  #move(step: number): void {
    if (step !== this.#state.step) {
      this.#state = { ...this.#state, ...nothingSaid, step };
      this.#actions.post({ type: 'goTo', step });
    }
    this.#render();
    this.#postDraft();
  }

  /** Back to where the result came from, as it was when it was asked for. */
  #tryAgain(): void {
    const { step, prompts } = this.#state;
    const made = this.#requests.get(step);
    const from = made?.from ?? step - 1;
    this.#parts.prompt.setText(made?.prompt ?? prompts[step - 1] ?? '');
    if (made) this.#parts.stage.setMarks(from, made.strokes);
    this.#isMarking = this.#parts.stage.marks(from).length > 0;
    this.#move(from);
    this.#parts.prompt.focus();
  }

  #mark(isMarking: boolean): void {
    this.#isMarking = isMarking;
    this.#render();
    if (isMarking) this.#parts.stage.focusCanvas();
    else this.#parts.prompt.focus();
  }

  #accept(): void {
    this.#asked = 'accept';
    this.#actions.post({ type: 'accept' });
    this.#render();
  }

  #leave(): void {
    const hasWork = this.#isRunning() || this.#state.prompts.length > 0 || this.#draft().strokes.length > 0;
    if (!hasWork) {
      this.#actions.leave();
      return;
    }
    this.#parts.ask(true);
  }

  #change(change: () => void): void {
    keepFocus(this.element, change, () => this.#parts.prompt.focus());
  }

  #render(): void {
    this.#change(() => {
      this.#renderStage();
      this.#renderWords();
    });
  }

  #renderStage(): void {
    const { step } = this.#state;
    const [original, picture] = [this.#pictures.get(0), this.#pictures.get(step)];
    if (!original || !picture) return;
    const phase = this.#phase();
    if (phase === 'running') this.#parts.stage.run(step, picture);
    else if (phase === 'marking') this.#parts.stage.mark(step, picture);
    else this.#parts.stage.compare(step, original, picture);
    if (phase === 'running') this.#parts.stage.progress.render(this.#state);
  }

  #renderWords(): void {
    const [state, phase, isBusy] = [this.#state, this.#phase(), this.#isBusy()];
    const isRunning = phase === 'running';
    const about = isRunning || state.step === 0 ? 'nothing' : phase === 'marking' ? 'marking' : 'comparing';
    this.#parts.head.render(state, isBusy);
    this.#parts.outcome.render(state);
    this.#parts.choices.render({ about, acceptLabel: state.acceptLabel, costLine: state.costLine, isBusy });
    this.#parts.prompt.render({
      ...{ isRunning, isBusy, isRefining: about === 'comparing' },
      ...{ hint: state.routeHint, price: state.priceLine },
    });
  }
}
