/** `settings get|put|delete|list`, as com.android.providers.settings answers a shell. */
import { tableNames, type TableName } from '../device/tables.ts';
import type { Device } from '../device/device.ts';
import type { PlainCommand, Printed } from '../shell/command.ts';
import { writing } from './writing.ts';

const refused: Printed = {
  err: 'Security exception: Permission denial: writing to settings requires android.permission.WRITE_SECURE_SETTINGS\n',
};

export const settings: PlainCommand = (args, device) => {
  const given = args[0] === '--user' ? args.slice(2) : args;
  const [verb = '', where = '', key = '', ...values] = given;
  const table = tableNames.find((name) => name === where.toLowerCase());
  if (table === undefined) return usage(verb, where);
  if (verb === 'list') return { out: list(device, table) };
  if (key === '') return { err: 'Missing argument\n', code: 255 };
  if (verb === 'get') return { out: `${device.settings.tables[table].get(key) ?? 'null'}\n` };
  if (verb === 'put') return put(device, table, key, values);
  if (verb === 'delete') return remove(device, table, key);
  return usage(verb, where);
};

function usage(verb: string, where: string): Printed {
  const known = ['get', 'put', 'delete', 'list', 'reset'].includes(verb);
  return {
    err: known ? `Invalid namespace '${where}'\n` : `Unknown command: ${verb}\n`,
    code: 255,
  };
}

function list(device: Device, table: TableName): string {
  const rows = [...device.settings.tables[table]].sort(([one], [other]) => (one < other ? -1 : 1));
  return rows.map(([key, value]) => `${key}=${value}\n`).join('');
}

function put(device: Device, table: TableName, key: string, values: readonly string[]): Printed {
  const [value] = values;
  if (value === undefined) return { err: 'Bad arguments\n', code: 255 };
  // `:0` is how a shell takes the proxy away.
  const kept = key === 'http_proxy' && value === ':0' ? null : value;
  const write = () => device.settings.write(table, key, kept);
  return writing(device, { refused, taken: {}, write });
}

function remove(device: Device, table: TableName, key: string): Printed {
  const there = device.settings.tables[table].has(key);
  const write = () => {
    if (there) device.settings.write(table, key, null);
  };
  return writing(device, { refused, taken: { out: `Deleted ${there ? 1 : 0} rows\n` }, write });
}
