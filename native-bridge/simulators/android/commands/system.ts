/** What the system says of itself. */
import { properties } from '../device/properties.ts';
import type { Device } from '../device/device.ts';
import type { PlainCommand } from '../shell/command.ts';

export const getprop: PlainCommand = ([name, fallback = ''], device) => {
  const all = properties(device);
  if (name !== undefined) return { out: `${all.get(name) ?? fallback}\n` };
  return { out: [...all].map(([key, value]) => `[${key}]: [${value}]\n`).join('') };
};

/** A shell may set what begins with `debug.` and the like, and nothing that matters. */
export const setprop: PlainCommand = ([name = '']) => {
  if (/^(debug|log)\./.test(name)) return {};
  return { err: `Failed to set property '${name}'.\nSee dmesg for error reason.\n`, code: 1 };
};

export const id: PlainCommand = (args) => {
  if (args[0] === '-u') return { out: '2000\n' };
  const groups = '1004(input),1007(log),1011(adb),1015(sdcard_rw),3003(inet),3006(net_bw_stats)';
  return {
    out: `uid=2000(shell) gid=2000(shell) groups=2000(shell),${groups} context=u:r:shell:s0\n`,
  };
};

export const uname: PlainCommand = (args, { model }) => {
  const machine = model.firmware.sdk >= 28 ? 'aarch64' : 'armv7l';
  if (args[0] === '-r') return { out: `${model.kernel}\n` };
  if (args[0] === '-m') return { out: `${machine}\n` };
  if (args[0] !== '-a') return { out: 'Linux\n' };
  return { out: `Linux localhost ${model.kernel} #1 SMP PREEMPT ${machine}\n` };
};

export const wm: PlainCommand = ([what]) => {
  if (what === 'size') return { out: 'Physical size: 720x1280\n' };
  if (what === 'density') return { out: 'Physical density: 320\n' };
  return { err: `Error: unknown command '${what ?? ''}'\n`, code: 255 };
};

export const uptime: PlainCommand = (_args, device) => {
  const minutes = Math.floor(device.clock.uptimeMs / 60_000);
  const hours = Math.floor(minutes / 60);
  const up = hours > 0 ? `${hours}:${two(minutes % 60)}` : `${minutes} min`;
  const now = local(device);
  return {
    out: ` ${two(now.hour)}:${two(now.minute)}:${two(now.second)} up ${up},  0 users,  load average: 1.42, 1.31, 1.28\n`,
  };
};

export const date: PlainCommand = (args, device) => {
  const utc = args.includes('-u');
  const format = args.find((arg) => arg.startsWith('+'));
  const now = local(device, utc ? 'UTC' : device.zone);
  if (args.some((arg) => arg === '-s' || /^\d{8,12}(\.\d\d)?$/.test(arg))) {
    return { err: 'date: cannot set date: Operation not permitted\n', code: 1 };
  }
  return { out: `${strftime(format?.slice(1) ?? '%a %b %e %H:%M:%S %Z %Y', now)}\n` };
};

interface Local {
  readonly epochS: number;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly weekday: string;
  readonly monthName: string;
  readonly zoneName: string;
  readonly offset: string;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** Names as bionic's zone files have them; what has no letters there is an offset. */
const zoneNames: Readonly<Record<string, string>> = {
  'Asia/Shanghai': 'CST',
  'Asia/Tokyo': 'JST',
  UTC: 'UTC',
  GMT: 'GMT',
};

export function local(device: Device, zone = device.zone): Local {
  const { nowMs } = device.clock;
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    weekday: 'short',
    timeZoneName: 'longOffset',
  }).formatToParts(nowMs);
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((each) => each.type === type)?.value ?? '';
  const month = Number(part('month'));
  const offset = part('timeZoneName').replace('GMT', '').replace(':', '') || '+0000';
  const date = new Date(Date.UTC(2000, month - 1, 1));
  return {
    epochS: Math.floor(nowMs / 1000),
    year: Number(part('year')),
    month,
    day: Number(part('day')),
    hour: Number(part('hour')),
    minute: Number(part('minute')),
    second: Number(part('second')),
    weekday: part('weekday'),
    monthName: date.toUTCString().slice(8, 11),
    zoneName: zoneNames[zone] ?? offset.slice(0, 3),
    offset,
  };
}

export function strftime(format: string, now: Local): string {
  const values: Readonly<Record<string, string>> = {
    a: now.weekday,
    b: now.monthName,
    e: String(now.day).padStart(2),
    d: two(now.day),
    m: two(now.month),
    Y: String(now.year),
    y: two(now.year % 100),
    H: two(now.hour),
    M: two(now.minute),
    S: two(now.second),
    N: '000000000',
    s: String(now.epochS),
    Z: now.zoneName,
    z: now.offset,
    F: `${now.year}-${two(now.month)}-${two(now.day)}`,
    T: `${two(now.hour)}:${two(now.minute)}:${two(now.second)}`,
    '%': '%',
  };
  return format.replace(/%([A-Za-z%])/g, (whole, letter: string) => values[letter] ?? whole);
}
