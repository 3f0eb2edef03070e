// What is read when a chat agent calls a tool for the first time, and not before: a bundle of its own.
export { confirmMarkdown, listedCost } from './agent/confirmWords.ts';
export { resultWords } from './agent/resultWords.ts';
export { parseToolInput } from './agent/toolInput.ts';
