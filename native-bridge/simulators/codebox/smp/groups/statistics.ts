/** Group 2, statistics. */
import {
  statisticsBusyMs,
  statisticsGroup as groupNamed,
  statisticsNames,
} from '../../terminal/statistics.ts';
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

const INVALID_GROUP = 2;
const WALK_ABORTED = 5;

export function statisticsGroup(terminal: Terminal): Group {
  return {
    id: 2,
    name: 'stat mgmt',
    commands: new Map<number, Command>([
      [0, { read: (request) => show(terminal, request) }],
      [1, { read: () => ({ body: { rc: 0, stat_list: statisticsNames(terminal.model) } }) }],
    ]),
    toVersion1: (code) => (code === INVALID_GROUP ? rc.noEntry : rc.unknown),
  };
}

function show(terminal: Terminal, request: Request): Reply {
  const name = text(request, 'name');
  if (name === null) throw new SmpError(rc.invalid);
  const group = groupNamed(terminal.model, name);
  if (group === null) throw new GroupError(INVALID_GROUP);
  const fields = group(terminal, request.atMs);
  if (fields === null) throw new GroupError(WALK_ABORTED);
  return { body: { name, fields }, busyMs: statisticsBusyMs(name) };
}
