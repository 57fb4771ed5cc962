/** Group 10, enumeration of the groups, and group 63, erase storage. */
import type { Terminal } from '../../terminal/terminal.ts';
import {
  GroupError,
  SmpError,
  count,
  rc,
  type Command,
  type Group,
  type Reply,
  type Request,
} from '../group.ts';

const INDEX_TOO_LARGE = 4;
const ERASE_MS = 40;

export function enumerationGroup(all: () => readonly Group[]): Group {
  return {
    id: 10,
    name: 'enum mgmt',
    commands: new Map<number, Command>([
      [0, { read: () => ({ body: { count: all().length } }) }],
      [1, { read: () => ({ body: { groups: all().map((group) => group.id) } }) }],
      [2, { read: (request) => single(all(), request) }],
      [3, { read: (request) => details(all(), request) }],
    ]),
    toVersion1: () => rc.unknown,
  };
}

function single(all: readonly Group[], request: Request): Reply {
  const index = count(request, 'index') ?? 0;
  const group = all[index];
  if (group === undefined) throw new GroupError(INDEX_TOO_LARGE);
  const last = index === all.length - 1 ? { end: true } : {};
  return { body: { group: group.id, ...last } };
}

function details(all: readonly Group[], request: Request): Reply {
  const wanted = request.fields.get('groups');
  if (wanted !== undefined && !Array.isArray(wanted)) throw new SmpError(rc.invalid);
  const ids: readonly unknown[] = wanted ?? [];
  const chosen = ids.length === 0 ? all : all.filter((group) => ids.includes(group.id));
  const groups = chosen.map(({ id, name, commands }) => ({
    group: id,
    name,
    handlers: Math.max(...commands.keys()) + 1,
  }));
  return { body: { groups } };
}

export function basicGroup(terminal: Terminal): Group {
  const erase = (): Reply => {
    terminal.settings.wipe();
    return { body: {}, busyMs: ERASE_MS };
  };
  return {
    id: 63,
    name: 'zephyr basic mgmt',
    commands: new Map<number, Command>([[0, { write: erase }]]),
    toVersion1: () => rc.unknown,
  };
}
