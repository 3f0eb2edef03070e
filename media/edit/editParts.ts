import type { EditStrings } from '../../src/protocol/editStrings.ts';
import { h } from '../dom.ts';
import { createEditChoices, type EditChoicesActions } from './editChoices.ts';
import { createEditHead } from './editHead.ts';
import { createEditOutcome } from './editOutcome.ts';
import { createEditPrompt, type EditPromptActions } from './editPrompt.ts';
import { createEditStage, type StageActions } from './editStage.ts';
import { createLeaveQuestion } from './leaveQuestion.ts';

/** What a person does in an edit. */
export interface EditPartsActions {
  readonly goTo: (step: number) => void;
  readonly close: () => void;
  readonly showLog: () => void;
  readonly stage: StageActions;
  readonly choices: EditChoicesActions;
  readonly prompt: EditPromptActions;
  readonly question: Parameters<typeof createLeaveQuestion>[1];
}

/** Makes everything that an edit shows, and puts it in its order. */
export function createEditParts(strings: EditStrings, actions: EditPartsActions) {
  const { view } = strings;
  const head = createEditHead(view, actions);
  const stage = createEditStage(strings, actions.stage);
  const outcome = createEditOutcome(view, actions.showLog);
  const choices = createEditChoices(view, stage.holdButton, actions.choices);
  const prompt = createEditPrompt(view, actions.prompt);
  const question = createLeaveQuestion(view, actions.question);
  const foot = h('div', { class: 'edit-foot' }, choices.element, outcome.element, prompt.element);
  const element = h('div', { class: 'edit-body', role: 'main' });
  element.append(head.element, stage.element, foot, question.element);
  /** Puts the question in the place of everything that could be done instead. */
  const ask = (isAsking: boolean) => {
    foot.hidden = isAsking;
    question.element.hidden = !isAsking;
    stage.element.inert = isAsking;
    if (isAsking) question.focus();
    else prompt.focus();
  };
  question.element.hidden = true;
  return { element, head, stage, outcome, choices, prompt, ask, isAsking: () => !question.element.hidden };
}
