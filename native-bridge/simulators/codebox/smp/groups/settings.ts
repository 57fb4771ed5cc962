/** Group 3, settings: reading needs the key, nothing can be listed (Zephyr, settings management). */
import { settingsRc } from '../../terminal/settings.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import {
  GroupError,
  SmpError,
  bytes,
  count,
  rc,
  text,
  type Command,
  type Group,
  type Reply,
  type Request,
} from '../group.ts';

const MAX_NAME_BYTES = 32;
const MAX_VALUE_BYTES = 256;
/** Saving writes flash. */
const SAVE_MS = 12;

export function settingsGroup(terminal: Terminal): Group {
  const { settings } = terminal;
  return {
    id: 3,
    name: 'settings mgmt',
    commands: new Map<number, Command>([
      [
        0,
        {
          read: (request) => read(terminal, request),
          write: (request) => write(terminal, request),
        },
      ],
      [1, { write: (request) => remove(terminal, request) }],
      [2, { write: () => done(() => settings.commit()) }],
      [
        3,
        {
          read: () => done(() => settings.load()),
          write: () => ({ ...done(() => settings.save()), busyMs: SAVE_MS }),
        },
      ],
    ]),
    toVersion1,
  };
}

function toVersion1(code: number): number {
  if (code === settingsRc.keyTooLong) return rc.invalid;
  const missing = code === settingsRc.keyNotFound || code === settingsRc.readNotSupported;
  return missing ? rc.noEntry : rc.unknown;
}

function done(act: () => void): Reply {
  act();
  return { body: {} };
}

function keyOf(request: Request): string {
  const key = text(request, 'name');
  if (key === null || key === '') throw new SmpError(rc.invalid);
  if (Buffer.byteLength(key) >= MAX_NAME_BYTES) throw new GroupError(settingsRc.keyTooLong);
  return key;
}

function read(terminal: Terminal, request: Request): Reply {
  const key = keyOf(request);
  const maxSize = count(request, 'max_size') ?? MAX_VALUE_BYTES;
  const found = terminal.settings.lookUp(key);
  if (typeof found === 'number') throw new GroupError(found);
  if (found.secret === true) throw new GroupError(settingsRc.readNotSupported);
  const val = Buffer.from(terminal.settings.value(key), 'utf8');
  const limited = maxSize > MAX_VALUE_BYTES ? { max_size: MAX_VALUE_BYTES } : {};
  return { body: { val: val.subarray(0, Math.min(maxSize, MAX_VALUE_BYTES)), ...limited } };
}

function write(terminal: Terminal, request: Request): Reply {
  const key = keyOf(request);
  const code = terminal.settings.write(key, bytes(request, 'val') ?? new Uint8Array(0));
  if (code !== 0) throw new GroupError(code);
  return { body: {} };
}

/** Like settings_delete of a key that was never there, deleting an unknown key is a success. */
function remove(terminal: Terminal, request: Request): Reply {
  const code = terminal.settings.remove(keyOf(request));
  if (code === settingsRc.deleteNotSupported) throw new GroupError(code);
  return { body: {}, busyMs: SAVE_MS };
}
