/** What became of a correction that was cut off before, and what to type where it waits. */
import type { Terminal, Unfinished } from '../../native-bridge/contract/terminal.ts';
import { commandLine } from '../command-line.ts';
import type { Shell } from '../shell.ts';

export function unfinishedView(
  { state, text, interruptedId }: Unfinished,
  { portUrl }: Terminal,
  shell: Shell,
): string {
  const said = `${shell.errStyle.yellow('▲')} ${shell.say(text)}`;
  if (state === 'settled' || interruptedId === undefined) return said;
  const undo = commandLine(shell, ['config', 'undo', portUrl, interruptedId]);
  const leave = commandLine(shell, ['config', 'leave', interruptedId], false);
  return [
    said,
    `  ${shell.words('cli_undo_with', { command: undo })}`,
    `  ${shell.words('cli_leave_with', { command: leave })}`,
  ].join('\n');
}
