/** IPTC's controlled vocabulary of digital source types. */
const vocabulary = 'http://cv.iptc.org/newscodes/digitalsourcetype/';

/** What a picture made by a model is called (IPTC Photo Metadata Standard, Digital Source Type). */
export const trainedAlgorithmicMedia = `${vocabulary}trainedAlgorithmicMedia`;

const synthetic = new Set([
  'trainedAlgorithmicMedia',
  'compositeWithTrainedAlgorithmicMedia',
  'compositeSynthetic',
  'algorithmicMedia',
]);

/** Whether a digital source type says that a program made the picture, or part of it. */
export function isSynthetic(digitalSourceType: string): boolean {
  const match = /^https?:\/\/cv\.iptc\.org\/newscodes\/digitalsourcetype\/([A-Za-z]+)\/?$/.exec(
    digitalSourceType.trim(),
  );
  return match?.[1] !== undefined && synthetic.has(match[1]);
}
