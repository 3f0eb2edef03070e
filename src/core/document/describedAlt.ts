import { cutAtCharacter, oneLine } from '../outsideText.ts';
import { altText } from './markdownLink.ts';

/** What is known of a picture in words. */
export interface PictureWords {
  readonly prompt: string;
  /** The prompt as the model made it anew (`revised_prompt` of the images routes). */
  readonly revisedPrompt?: string | undefined;
  /** What the model said beside the picture. */
  readonly said?: string | undefined;
}

const mostRead = 2000;
/** "Here is an image of a red fox asleep in snow." */
const leadIn =
  /^(?:(?:sure|certainly|of course|okay|ok|great|absolutely)[^.!:]{0,40}[.!:,]\s*)?(?:here(?:'s|’s| is| are)|this is|i(?:'ve| have|’ve)? (?:created|made|generated|drawn)|the image (?:shows|depicts)|the picture shows)\s+/i;
const picture =
  /^(?:(?:an?|the|your|this)\s+)?(?:[\p{L}-]+\s+){0,3}?(?:image|picture|illustration|photo(?:graph)?|drawing|icon|painting|rendering)s?\s+(?:of|showing|depicting|that shows|with)\s+/iu;

/**
 * The alternative text of a picture: a description of it where the model gave one, else the prompt.
 * @returns one line, never empty (`altText`)
 */
export function describedAlt({ prompt, revisedPrompt, said }: PictureWords): string {
  const revised = oneLine(cutAtCharacter(revisedPrompt ?? '', mostRead));
  if (revised !== '') return altText(withoutFullStop(firstSentence(revised)));
  const described = descriptionIn(oneLine(cutAtCharacter(said ?? '', mostRead)));
  return altText(described ?? prompt);
}

/** Of what a model says, only what describes the picture: talk about the request does not. */
function descriptionIn(said: string): string | undefined {
  const sentence = firstSentence(said.replace(leadIn, (lead) => (lead.length > 60 ? lead : '')));
  const rest = sentence.replace(picture, '');
  const isDescribed = leadIn.test(said) ? rest !== sentence : false;
  const words = withoutFullStop(rest);
  return isDescribed && words.length >= 8 && !/\b(you|your|i|let me)\b/i.test(words)
    ? words.charAt(0).toUpperCase() + words.slice(1)
    : undefined;
}

function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text;
}

function withoutFullStop(text: string): string {
  return text.replace(/[\s.:!]+$/u, '');
}
