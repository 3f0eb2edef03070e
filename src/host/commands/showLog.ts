import { commandIds } from '../ids.ts';
import type { Command, CommandParts } from './command.ts';

/** Show Log: the output channel, in which keys and base64 never stand. */
export function showLogCommand({ log }: CommandParts): Command {
  return { id: commandIds.showLog, run: () => log.show() };
}
