/**
 * `dumpsys usb` (UsbService.dump): nested `name={ … }` with `key=value` since Android 8; Android 7
 * has `mKey: value`. Only the device side counts: what the terminal is to a computer.
 */
import { linesOf } from './text.ts';
import { booleanOf } from './values.ts';

export interface AndroidUsb {
  readonly connected: boolean | null;
  readonly configured: boolean | null;
  /** Something is plugged into the terminal as its host. */
  readonly hostConnected: boolean | null;
  /** Such as `adb` or `mtp,adb`; '' where there is none. */
  readonly functions: string | null;
  readonly powerRole: 'sink' | 'source' | null;
  readonly dataRole: 'device' | 'host' | null;
}

const MAX_DEPTH = 16;

export function parseUsb(text: string): AndroidUsb {
  const lines = linesOf(text);
  const values = readNested(lines);
  const old = readFlat(lines);
  const state = (key: string) => values.get(`device_manager/handler/${key}`);
  const status = (key: string) => values.get(`port_manager/usb_ports/status/${key}`);
  return {
    connected: booleanOf(state('connected') ?? old.get('mConnected')),
    configured: booleanOf(state('configured') ?? old.get('mConfigured')),
    hostConnected: booleanOf(state('host_connected') ?? old.get('mHostConnected')),
    functions: functionsOf(
      state('kernel_function_list') ??
        state('current_functions') ??
        old.get('Kernel function list'),
    ),
    powerRole: oneOf(status('power_role'), 'sink', 'source'),
    dataRole: oneOf(status('data_role'), 'device', 'host'),
  };
}

/** Paths without the outermost braces, the first value of each. */
function readNested(lines: readonly string[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const path: string[] = [];
  for (const line of lines.map((each) => each.trim())) {
    const opened = /^(?:([\w-]{1,64})=)?[{[]$/.exec(line);
    if (opened !== null && path.length < MAX_DEPTH) path.push(opened[1] ?? '');
    else if (line === '}' || line === ']') path.pop();
    const [, key, value] = /^([\w-]{1,64})=([^{[].{0,256})?$/.exec(line) ?? [];
    if (key === undefined) continue;
    const name = [...path.slice(1), key].join('/');
    if (!values.has(name)) values.set(name, value ?? '');
  }
  return values;
}

function readFlat(lines: readonly string[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const line of lines) {
    const [, key, value] =
      /^ {2,8}(m[A-Za-z]{1,32}|Kernel function list): (\S{0,128})\s*$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined && !values.has(key)) values.set(key, value);
  }
  return values;
}

/** Of FunctionFS nothing more is told than that it is there. */
function functionsOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  if (text === '' || text === 'none') return '';
  return /^[a-z0-9_]{1,32}(?:[,|][a-z0-9_]{1,32}){0,8}$/.test(text)
    ? text.replaceAll('|', ',')
    : null;
}

function oneOf<Word extends string>(
  text: string | undefined,
  ...words: readonly Word[]
): Word | null {
  return words.find((word) => word === text) ?? null;
}
