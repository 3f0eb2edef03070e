// node keepAndHang.ts <folder>: keeps one picture as the gateway sent it and then does nothing, until it is killed.
import { Originals } from '../../src/core/originals/originals.ts';
import { diskFolder } from './diskFolder.ts';

const originals = new Originals(diskFolder(process.argv[2] ?? ''));
await originals.keep(new Uint8Array(300_000).fill(9), {
  prompt: 'a fox that was paid for',
  model: 'acme/painter',
  gateway: 'acme',
});
console.log('kept');
setInterval(() => undefined, 60_000);
