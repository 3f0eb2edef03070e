// npm run bench:panel: how long the extension host is busy at a stretch while four pictures of 4 megapixels arrive in the
// panel of a real VS Code; beside it, how long it is while nothing happens. test/editor/bench has what is measured.
import { spawnSync } from 'node:child_process';
import { bundleTests } from '../scripts/bundleTests.ts';
import { benchRun, runEditor } from '../scripts/editorRun.ts';
import { projectNode, rootDir } from '../scripts/paths.ts';

const built = spawnSync(projectNode(), ['esbuild.js', '--production'], { cwd: rootDir, stdio: 'inherit' });
if (built.status !== 0) throw new Error('node esbuild.js --production failed');
await bundleTests();
const { passed, failed } = await runEditor(benchRun, { grep: 'four pictures' });
process.exit(passed > 0 && failed === 0 ? 0 : 1);
