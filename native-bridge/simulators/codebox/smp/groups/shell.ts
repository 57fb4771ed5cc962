/** Group 9, shell. */
import { runShell } from '../../terminal/shell/shell.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import {
  GroupError,
  SmpError,
  rc,
  type Command,
  type Group,
  type Reply,
  type Request,
} from '../group.ts';

const COMMAND_TOO_LONG = 2;
const EMPTY_COMMAND = 3;
const MAX_LINE_BYTES = 256;

export function shellGroup(terminal: Terminal): Group {
  return {
    id: 9,
    name: 'shell mgmt',
    commands: new Map<number, Command>([[0, { write: (request) => execute(terminal, request) }]]),
    toVersion1: () => rc.invalid,
  };
}

function execute(terminal: Terminal, request: Request): Reply {
  const argv = request.fields.get('argv');
  if (!Array.isArray(argv)) throw new SmpError(rc.invalid);
  const words = argv.filter((word): word is string => typeof word === 'string');
  const line = words.join(' ');
  if (line === '') throw new GroupError(EMPTY_COMMAND);
  if (Buffer.byteLength(line) >= MAX_LINE_BYTES) throw new GroupError(COMMAND_TOO_LONG);
  const { text, ret, busyMs } = runShell(terminal, line, request.atMs);
  return { body: { o: text, ret }, busyMs };
}
