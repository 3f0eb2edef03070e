/** What a reference picture is for, where the person said so. */
export const referenceRoles = ['subject', 'style', 'composition', 'background'] as const;
export type ReferenceRole = (typeof referenceRoles)[number];

// English, as the model reads it, whatever the language of the prompt: such words are understood by all of them.
const shown: Readonly<Record<ReferenceRole, string>> = {
  subject: 'shows the subject.',
  style: 'is a reference for style only: take its look, not what it shows.',
  composition: 'is a reference for composition only: take its layout, not what it shows nor its look.',
  background: 'shows the background.',
};

/** A picture's name in a sentence, by its place from 0. */
type NameOf = (index: number) => string;

/**
 * Puts the roles of pictures into plain sentences, each picture named by its place: "Image 1 shows the subject."
 * @param pictures in the order in which they are sent
 * @param nameOf begins a sentence; absent: "Image 1" for the first, and so on
 * @returns empty where no picture has a role
 */
export function roleSentences(
  pictures: readonly { readonly role?: ReferenceRole }[],
  nameOf: NameOf = (index) => `Image ${index + 1}`,
): string {
  return pictures
    .flatMap(({ role }, index) => (role === undefined ? [] : [`${nameOf(index)} ${shown[role]}`]))
    .join(' ');
}
