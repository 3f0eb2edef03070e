import type { FinishedImage } from '../../core/events.ts';
import type { ReferenceImage, Turn } from '../../core/request.ts';
import { editBounds } from '../../protocol/edit.ts';

/** A picture of the panel that is edited, and how it was made. */
export interface EditedPicture {
  /** The page's id of it. */
  readonly id: string;
  readonly image: FinishedImage;
  /** What it shows, for those who do not see it. */
  readonly alt: string;
  /** What was asked for, and what the model wrote to it. */
  readonly prompt: string;
  readonly text: string;
  /** Ids, of what made it. */
  readonly model: string;
  readonly gateway: string;
  /** The file that it became, and its bytes' SHA-256 when the edit began (hex); absent for a draft. */
  readonly file?: { readonly uri: string; readonly name: string; readonly sha256: string };
}

/** A picture that an edit made of the one before it. */
export interface EditStep {
  readonly prompt: string;
  readonly image: FinishedImage;
  readonly text: string;
  readonly notices: readonly string[];
  readonly costLine: string;
  /** Whether a part of it was marked, and what is outside is not what it was. */
  readonly isSpoilt: boolean;
}

/** The most bytes of pictures that a conversation is sent with; of earlier ones there are words only. */
const mostBytes = 48 * 1024 * 1024;

/** The pictures of an edit in their order, each made of the one before. */
export class EditTrack {
  readonly original: EditedPicture;
  private made: readonly EditStep[] = [];
  /** Under which what came is kept: of every picture, those that are no step any more, too. */
  private readonly ids = new Set<string>();
  /** Of the picture that is shown, and goes on: 0 is the original. */
  step = 0;

  constructor(original: EditedPicture) {
    this.original = original;
  }

  get steps(): readonly EditStep[] {
    return this.made;
  }

  /** The step that is shown; undefined at the original. */
  get current(): EditStep | undefined {
    return this.made[this.step - 1];
  }

  /** The picture that is shown. */
  get image(): FinishedImage {
    return this.current?.image ?? this.original.image;
  }

  /** Notes that a picture came, whatever becomes of it. */
  note({ received }: FinishedImage): void {
    if (received.originalId !== undefined) this.ids.add(received.originalId);
  }

  /** Under which all that came is kept. @param kept is left out */
  originalIds(kept?: FinishedImage): readonly string[] {
    return [...this.ids].filter((id) => id !== kept?.received.originalId);
  }

  /** Whether there is no room for a further step after the one that is shown. */
  get isFull(): boolean {
    return this.step >= editBounds.steps;
  }

  /** Goes on from the picture that is shown; what was made of it before is no step any more. @returns the step's number */
  add(step: EditStep): number {
    this.made = [...this.made.slice(0, this.step), step];
    this.step = this.made.length;
    return this.step;
  }

  /** What was said until the picture that is shown, with the pictures as they stand; the newest come first into account. */
  history(): readonly Turn[] {
    const { prompt, text, image } = this.original;
    const turns = [{ prompt, text, image }, ...this.made.slice(0, this.step)];
    let room = mostBytes;
    const said = turns.toReversed().map((turn, index): readonly Turn[] => {
      const picture = pictureOf(turn.image);
      room -= picture.bytes.length;
      // The one that is edited goes along in any case.
      const images = index === 0 || room >= 0 ? [picture] : [];
      return [
        { role: 'user', text: turn.prompt, images: [] },
        { role: 'assistant', text: turn.text, images },
      ];
    });
    return said.toReversed().flat();
  }
}

/** A picture as it goes along with a request. */
export function pictureOf({ bytes, facts }: FinishedImage): ReferenceImage {
  return { bytes, format: facts.format };
}
