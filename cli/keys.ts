/** Single keys while something runs: only at a terminal, and only until they are given back. */
import { emitKeypressEvents } from 'node:readline';
import type { Shell } from './shell.ts';
import { canAsk } from './input.ts';

interface Key {
  readonly name?: string;
  readonly ctrl?: boolean;
}

/** Calls back with each key's name; returns how to give the keyboard back. */
export function watchKeys(shell: Shell, pressed: (name: string) => void): () => void {
  if (!canAsk(shell)) return () => undefined;
  const { stdin } = process;
  const take = (_text: string | undefined, { name, ctrl }: Key): void => {
    // In raw mode Ctrl-C is a key like any other.
    if (ctrl === true && name === 'c') process.emit('SIGINT');
    else if (name !== undefined && ctrl !== true) pressed(name);
  };
  emitKeypressEvents(stdin);
  stdin.setRawMode(true);
  stdin.resume();
  stdin.on('keypress', take);
  return () => {
    stdin.off('keypress', take);
    stdin.setRawMode(false);
    stdin.pause();
  };
}
