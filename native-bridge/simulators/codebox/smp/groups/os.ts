/** Group 0, operating system (Zephyr, "Default/OS Management Group"). */
import { bootModes } from '../../boot/modes.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import {
  GroupError,
  SmpError,
  rc,
  text,
  type Command,
  type Group,
  type Reply,
  type Request,
} from '../group.ts';

const groupRc = { invalidFormat: 2, noAnswer: 3 } as const;
/** Zephyr's default between the reply and the restart. */
const RESET_DELAY_MS = 250;

const TASKS = {
  uart_mcumgr: { prio: 10, tid: 0, state: 128, stkuse: 61, stksiz: 256 },
  'mcumgr smp': { prio: 3, tid: 1, state: 128, stkuse: 212, stksiz: 512 },
  sysworkq: { prio: -1, tid: 2, state: 2, stkuse: 90, stksiz: 256 },
  wifi: { prio: 4, tid: 3, state: 2, stkuse: 402, stksiz: 1024 },
  idle: { prio: 15, tid: 4, state: 0, stkuse: 15, stksiz: 80 },
  main: { prio: 0, tid: 5, state: 16, stkuse: 160, stksiz: 512 },
};

/** In Zephyr's order, whatever the order in the request; name and board are the model's. */
const INFO: readonly (readonly [string, string])[] = [
  ['s', 'Zephyr'],
  ['n', 'name'],
  ['r', '7d1f3c20a4be'],
  ['v', '3.7.0'],
  ['b', 'Tue Mar 11 09:14:02 2025'],
  ['m', 'arm'],
  ['p', 'cortex-m33'],
  ['i', 'hardware'],
  ['o', 'Zephyr'],
];

export function osGroup(terminal: Terminal): Group {
  const params = {
    buf_size: terminal.options.bufSize,
    buf_count: terminal.options.bufCount,
  };
  return {
    id: 0,
    name: 'os mgmt',
    commands: new Map<number, Command>([
      [0, { read: echo, write: echo }],
      [2, { read: () => ({ body: { tasks: TASKS } }) }],
      [
        4,
        {
          read: () => ({ body: { datetime: terminal.clock.local() } }),
          write: (request) => setClock(terminal, request),
        },
      ],
      [5, { write: () => restart(terminal) }],
      [6, { read: () => ({ body: params }) }],
      [7, { read: (request) => info(terminal, request) }],
      [8, { read: (request) => bootloader(terminal, request) }],
    ]),
    toVersion1: (code) => {
      if (code === groupRc.invalidFormat) return rc.invalid;
      return code === groupRc.noAnswer ? rc.noEntry : rc.unknown;
    },
  };
}

function echo(request: Request): Reply {
  const said = text(request, 'd');
  if (said === null) throw new SmpError(rc.invalid);
  return { body: { r: said } };
}

function setClock(terminal: Terminal, request: Request): Reply {
  const local = text(request, 'datetime');
  if (local === null || !terminal.clock.set(local)) throw new SmpError(rc.invalid);
  return { body: {} };
}

/** The reply goes first, then the restart. */
export function restart(terminal: Terminal): Reply {
  const afterwards = (atMs: number): void => {
    const resets = terminal.resets;
    terminal.scheduler.at(atMs + RESET_DELAY_MS, (thenMs) => {
      if (terminal.resets === resets) terminal.reset(thenMs);
    });
  };
  return { body: {}, afterwards };
}

function info(terminal: Terminal, request: Request): Reply {
  const format = text(request, 'format') ?? 's';
  const letters = Array.from(format);
  if (letters.some((letter) => letter !== 'a' && !INFO.some(([each]) => each === letter))) {
    throw new GroupError(groupRc.invalidFormat);
  }
  const wanted = INFO.filter(([letter]) =>
    format === '' ? letter === 's' : letters.includes('a') || letters.includes(letter),
  );
  const own: Readonly<Record<string, string>> = { n: terminal.model.name, i: terminal.hardware };
  const values = wanted.map(([letter, value]) => own[letter] ?? value);
  return { body: { output: values.join(' ') } };
}

function bootloader(terminal: Terminal, request: Request): Reply {
  const query = text(request, 'query');
  if (query === null) return { body: { bootloader: 'MCUboot' } };
  if (query === 'mode') return { body: { mode: bootModes[terminal.flash.mode] } };
  throw new GroupError(groupRc.noAnswer);
}
