/** The shell: which commands a model has, and how a line finds its own. */
import type { Model } from '../../models/model.ts';
import type { Terminal } from '../terminal.ts';
import { deviceCommands } from './device.ts';
import { networkCommands } from './network.ts';
import { good, type Commands, type Output } from './output.ts';
import { printerCommands, scannerCommands, soundCommands } from './parts.ts';
import { appCommands, payCommands } from './pay.ts';

const ENOEXEC = -8;

export function runShell(terminal: Terminal, line: string, atMs: number): Output {
  const words = line.split(' ').filter((word) => word !== '');
  const commands = commandsOf(terminal.model);
  for (const count of [2, 1]) {
    const name = words.slice(0, count).join(' ');
    const run = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (run !== undefined) return run(terminal, words.slice(count), atMs);
  }
  const red = `\r\n\u001b[1;31m${words[0] ?? ''}: command not found\r\n\u001b[m`;
  return { text: red, ret: ENOEXEC, busyMs: 0 };
}

const help: Commands = {
  help: ({ model }) => {
    const names = Object.keys(commandsOf(model));
    return good(['Available commands:', ...names.map((name) => `  ${name}`)]);
  },
};

function commandsOf({ parts }: Model): Commands {
  return {
    ...help,
    ...deviceCommands,
    ...networkCommands,
    ...payCommands,
    ...soundCommands,
    ...(parts.has('apps') ? appCommands : {}),
    ...(parts.has('scanner') ? scannerCommands : {}),
    ...(parts.has('printer') ? printerCommands : {}),
  };
}
