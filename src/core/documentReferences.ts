// What the host reads when the first document is looked at: one bundle of its own, with the parsers in it.
export {
  findImageReferences,
  imageReferenceAt,
  mostDocumentCharacters,
  referenceAt,
} from './references/findImageReferences.ts';
export { mostReferences } from './references/imageReference.ts';
export { linkSpot } from './references/linkSpot.ts';
export { mayHoldImages } from './references/mayHoldImages.ts';
export { pickTarget } from './references/pickTarget.ts';
export { promptOfReference, sizeOfReference } from './references/prompt.ts';
export { renamedTarget } from './references/renamedTarget.ts';
export { resolveTarget } from './references/resolveTarget.ts';
export { formatOfTarget } from './references/target.ts';
export { languageOfDocument, languageOfFile } from './references/documentFiles.ts';
export { Ignoring } from './files/ignoring.ts';
