// npm run bench:missing: the search for missing images over 10,000 Markdown files beside merely reading them, through the
// same API in a real VS Code; test/editor/bench has what is measured.
import { bundleTests } from '../scripts/bundleTests.ts';
import { benchRun, runEditor } from '../scripts/editorRun.ts';

await bundleTests();
const { passed, failed } = await runEditor(benchRun, { grep: '10,000 Markdown files' });
process.exit(passed > 0 && failed === 0 ? 0 : 1);
