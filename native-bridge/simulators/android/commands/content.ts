/** `content query|update|insert|call`, for Android's settings and the vendor's provider. */
import { tableNames } from '../device/tables.ts';
import { vendorStatus } from '../device/vendor-status.ts';
import type { Device } from '../device/device.ts';
import type { MerchantKey } from '../models/model.ts';
import type { PlainCommand, Printed } from '../shell/command.ts';
import { writing } from './writing.ts';

interface Rows {
  /** Name and value, in the provider's order. */
  list(): readonly (readonly [string, string])[];
  /** Null: read only. */
  readonly write: ((name: string, value: string) => void) | null;
}

export const content: PlainCommand = ([verb = '', ...args], device) => {
  const options = optionsOf(args);
  const uri = options.get('--uri')?.[0] ?? '';
  const rows = rowsOf(uri, device);
  if (rows === null) return { err: `Error while accessing provider:${authority(uri)}\n`, code: 1 };
  if (verb === 'query') return query(rows, options);
  if (verb === 'call') return call(rows, options);
  if (verb === 'update' || verb === 'insert') return write(rows, options, device);
  return { err: `[ERROR] Unsupported operation: ${verb}\n`, code: 1 };
};

function optionsOf(args: readonly string[]): Map<string, string[]> {
  const options = new Map<string, string[]>();
  for (let at = 0; at < args.length; at += 2) {
    const name = args[at] ?? '';
    options.set(name, [...(options.get(name) ?? []), args[at + 1] ?? '']);
  }
  return options;
}

const authority = (uri: string): string => /^content:\/\/([^/]+)/.exec(uri)?.[1] ?? uri;

function rowsOf(uri: string, device: Device): Rows | null {
  const table = tableNames.find((name) => uri === `content://settings/${name}`);
  if (table !== undefined) {
    return {
      list: () => [...device.settings.tables[table]],
      write: (name, value) => device.settings.write(table, name, value),
    };
  }
  const { merchantStore } = device.model;
  if (merchantStore.kind !== 'provider') return null;
  if (uri === merchantStore.statusUri) {
    return { list: () => Object.entries(vendorStatus(device)), write: null };
  }
  if (uri !== merchantStore.uri) return null;
  return {
    list: () =>
      device.settings
        .merchantKeys()
        .map((key) => [key, device.settings.merchant(key as MerchantKey)]),
    write: (name, value) => device.settings.setMerchant(name, value),
  };
}

/** `name='merchant_number'` of a --where; null: every row. */
function wanted(options: ReadonlyMap<string, readonly string[]>): string | null {
  const where = options.get('--where')?.[0];
  return where === undefined
    ? null
    : (/^\s*name\s*=\s*['"]([^'"]*)['"]\s*$/.exec(where)?.[1] ?? '');
}

function query(rows: Rows, options: ReadonlyMap<string, readonly string[]>): Printed {
  const name = wanted(options);
  const columns = (options.get('--projection')?.[0] ?? 'name:value').split(':');
  const found = rows.list().filter(([key]) => name === null || key === name);
  if (found.length === 0) return { out: 'No result found.\n' };
  const out = found.map(([key, value], at) => {
    const cells = columns.map((column) => `${column}=${column === 'name' ? key : value}`);
    return `Row: ${at} ${cells.join(', ')}\n`;
  });
  return { out: out.join('') };
}

function write(
  rows: Rows,
  options: ReadonlyMap<string, readonly string[]>,
  device: Device,
): Printed {
  if (rows.write === null) {
    return {
      err: 'Error while accessing provider: java.lang.SecurityException: read only\n',
      code: 1,
    };
  }
  const binds = new Map(
    (options.get('--bind') ?? []).map((bind) => {
      const [column = '', , ...value] = bind.split(':');
      return [column, value.join(':')] as const;
    }),
  );
  const name = binds.get('name') ?? wanted(options);
  const value = binds.get('value');
  if (name === null || value === undefined) return { err: '[ERROR] Bad arguments\n', code: 1 };
  const set = rows.write;
  const refused = {
    err: `Error while accessing provider:${authority(options.get('--uri')?.[0] ?? '')}\njava.lang.SecurityException: Permission Denial: opening provider from (null) uid=2000\n`,
  };
  return writing(device, { refused, taken: {}, write: () => set(name, value) });
}

function call(rows: Rows, options: ReadonlyMap<string, readonly string[]>): Printed {
  const method = options.get('--method')?.[0] ?? '';
  const name = options.get('--arg')?.[0] ?? '';
  const extra = /^value:s:(.*)$/s.exec(options.get('--extra')?.[0] ?? '')?.[1];
  if (/^put/i.test(method) && rows.write !== null && extra !== undefined) {
    rows.write(name, extra);
    return { out: 'Result: null\n' };
  }
  if (!/^get/i.test(method)) return { out: 'Result: null\n' };
  const value = rows.list().find(([key]) => key === name)?.[1];
  return { out: value === undefined ? 'Result: null\n' : `Result: Bundle[{value=${value}}]\n` };
}
