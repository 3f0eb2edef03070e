// A process that appends to a history until it is killed and says so after each: node appendAndHang.ts <folder>
import { newEntry, openHistory } from './historyKit.ts';

const { history } = openHistory(process.argv[2]!);
for (let index = 0; ; index++) {
  await history.append(newEntry({ prompt: `fox ${index}` }));
  process.stdout.write(`${index}\n`);
}
