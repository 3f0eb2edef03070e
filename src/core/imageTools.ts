// What is read when the first picture is saved, or asked how it was made, and not before: a bundle of its own.
export { describeImage } from './describing.ts';
export { manifestWithIcons } from './iconManifest.ts';
export { readMetadata } from './image/metadata/readMetadata.ts';
