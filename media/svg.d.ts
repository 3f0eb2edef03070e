/** The text of the file: esbuild's loader `text`. */
declare module '*.svg' {
  const text: string;
  // eslint-disable-next-line no-restricted-syntax -- so does the loader hand it over
  export default text;
}
