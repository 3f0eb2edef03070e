import type { EditDraft, EditPicture, EditState, FromEdit, ToEdit } from '../../src/protocol/edit.ts';
import type { EditViewStrings } from '../../src/protocol/editStrings.ts';
import { createEditChoices } from './editChoices.ts';
import { createEditHead } from './editHead.ts';
import { createEditOutcome } from './editOutcome.ts';
import { createEditPrompt } from './editPrompt.ts';
import { createEditStage } from './editStage.ts';
import { newsOf, newsWords } from './editNews.ts';
import { keepFocus } from './keepFocus.ts';
import { createLeaveQuestion } from './leaveQuestion.ts';
import { h } from '../dom.ts';

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

/** The edit of one picture, from when it opens until it closes. */
export class EditSession {
  readonly element: HTMLElement;
  readonly #strings: EditViewStrings;
  readonly #actions: EditSessionActions;
  readonly #pictures = new Map<number, EditPicture>();
  /** What led to a step. */
  readonly #requests = new Map<number, EditRequest>();
  readonly #head;
  readonly #stage;
  readonly #outcome;
  readonly #choices;
  readonly #prompt;
  readonly #question;
  readonly #foot: HTMLElement;
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
    const showLog = () => actions.post({ type: 'showLog' });
    this.#head = createEditHead(strings.view, {
      goTo: (step) => this.#goTo(step),
      close: () => this.#leave(),
    });
    this.#stage = createEditStage(strings, {
      marked: () => this.#postDraft(),
      escape: () => this.escape(),
      swap: (change) => this.#change(change),
    });
    this.#outcome = createEditOutcome(strings.view, showLog);
    this.#choices = createEditChoices(strings.view, this.#stage.holdButton, {
      accept: () => this.#accept(),
      tryAgain: () => this.#tryAgain(),
      markPart: () => this.#mark(true),
      backToComparison: () => this.#mark(false),
    });
    this.#prompt = createEditPrompt(strings.view, {
      changed: () => this.#postDraft(),
      generate: () => this.generate(),
      cancel: () => actions.post({ type: 'cancel' }),
    });
    this.#question = createLeaveQuestion(strings.view, { leave: actions.leave, stay: () => this.#stay() });
    this.#question.element.hidden = true;
    const parts = [this.#choices, this.#outcome, this.#prompt].map(({ element }) => element);
    this.#foot = h('div', { class: 'edit-foot' }, ...parts);
    this.element = h('div', { class: 'edit-body', role: 'main' });
    this.element.append(this.#head.element, this.#stage.element, this.#foot, this.#question.element);
    this.#stage.setMarks(state.step, draft?.strokes ?? []);
    this.#isMarking = (draft?.strokes.length ?? 0) > 0;
    this.#prompt.setText(draft?.prompt ?? '');
    this.#render();
  }

  /** Puts the focus where one begins. */
  focus(): void {
    this.#prompt.focus();
  }

  receive(message: Exclude<ToEdit, { readonly type: 'opened' | 'closed' }>): void {
    switch (message.type) {
      case 'state':
        this.#take(message.state);
        return;
      case 'text':
        this.#state = { ...this.#state, text: this.#state.text + message.text };
        this.#outcome.render(this.#state);
        return;
      case 'partial':
        if (this.#isRunning()) this.#stage.progress.showFrame(message.bytes, message.mediaType);
        return;
      case 'picture':
        this.#pictures.set(message.step, message.picture);
        this.#render();
        return;
    }
  }

  /** Asks for what was written, as the button does. */
  generate(): void {
    const draft = this.#draft();
    if (this.#isBusy() || draft.prompt.trim() === '') return;
    // What cannot be seen is not sent along.
    const strokes = this.#phase() === 'marking' ? draft.strokes : [];
    this.#lastRequest = { from: this.#state.step, prompt: draft.prompt, strokes };
    this.#asked = 'generate';
    this.#actions.post({ type: 'generate', prompt: draft.prompt, strokes });
    this.#render();
  }

  /** One step back; out of the edit at last. */
  escape(): void {
    if (!this.#question.element.hidden) this.#stay();
    else if (this.#isRunning()) this.#actions.post({ type: 'cancel' });
    else if (this.#phase() === 'marking' && this.#state.step > 0) this.#mark(false);
    else this.#leave();
  }

  dispose(): void {
    this.#stage.dispose();
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
    return { prompt: this.#prompt.text(), strokes: this.#stage.marks(this.#state.step) };
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
      this.#prompt.setText('');
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
      this.#state = { ...this.#state, step, ...{ text: '', failure: '', notices: [], costLine: '' } };
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
    this.#prompt.setText(made?.prompt ?? prompts[step - 1] ?? '');
    if (made) this.#stage.setMarks(from, made.strokes);
    this.#isMarking = this.#stage.marks(from).length > 0;
    this.#move(from);
    this.#prompt.focus();
  }

  #mark(isMarking: boolean): void {
    this.#isMarking = isMarking;
    this.#render();
    if (isMarking) this.#stage.focusCanvas();
    else this.#prompt.focus();
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
    this.#ask(true);
    this.#question.focus();
  }

  #stay(): void {
    this.#ask(false);
    this.#prompt.focus();
  }

  #ask(isAsking: boolean): void {
    this.#foot.hidden = isAsking;
    this.#question.element.hidden = !isAsking;
    this.#stage.element.inert = isAsking;
  }

  #change(change: () => void): void {
    keepFocus(this.element, change, () => this.#prompt.focus());
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
    if (phase === 'running') this.#stage.run(step, picture);
    else if (phase === 'marking') this.#stage.mark(step, picture);
    else this.#stage.compare(step, original, picture);
    if (phase === 'running') this.#stage.progress.render(this.#state);
  }

  #renderWords(): void {
    const [state, phase, isBusy] = [this.#state, this.#phase(), this.#isBusy()];
    const isRunning = phase === 'running';
    const about = isRunning || state.step === 0 ? 'nothing' : phase === 'marking' ? 'marking' : 'comparing';
    this.#head.render(state, isBusy);
    this.#outcome.render(state);
    this.#choices.render({ about, acceptLabel: state.acceptLabel, costLine: state.costLine, isBusy });
    this.#prompt.render({
      ...{ isRunning, isBusy, isRefining: about === 'comparing' },
      ...{ hint: state.routeHint, price: state.priceLine },
    });
  }
}
