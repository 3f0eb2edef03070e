// What a few host files need of VS Code, for plain Node: import this first, and those files by `await import(…)`. Their
// words are then the real ones, and a page in a test is told what it is told in the editor.
import { registerHooks } from 'node:module';

const source = `
const fill = (text, args) => text.replace(/\\{(\\d)\\}/g, (whole, index) => String(args[Number(index)] ?? whole));
export const l10n = { t: (text, ...args) => fill(text, args) };
export const env = { language: 'en' };
export const Uri = { joinPath: (base, ...parts) => ({ toString: () => [base, ...parts].map(String).join('/') }) };
`;
const url = `data:text/javascript,${encodeURIComponent(source)}`;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vscode' ? { url, format: 'module', shortCircuit: true } : next(specifier, context),
});
