/** `am broadcast`, `am start`, and the log. */
import type { LogLine } from '../device/log.ts';
import { selfTest } from '../device/scanner.ts';
import type { Device } from '../device/device.ts';
import type { PlainCommand, Printed, StreamingCommand } from '../shell/command.ts';
import { Interrupted } from '../shell/io.ts';

export const am: PlainCommand = ([verb = '', ...args], device) => {
  const after = (name: string): string => args[args.indexOf(name) + 1] ?? '';
  if (verb === 'broadcast') return broadcast(args.includes('-a') ? after('-a') : '', device);
  if (verb === 'start' || verb === 'start-activity') {
    return start(args.includes('-n') ? after('-n') : '', args.includes('-W'), device);
  }
  if (verb === 'force-stop') return {};
  if (verb === 'get-current-user') return { out: '0\n' };
  return { err: `Error: Unknown command: ${verb}\n`, code: 255 };
};

function broadcast(action: string, device: Device): Printed {
  const head = `Broadcasting: Intent { act=${action} flg=0x400000 }\n`;
  const ours = `${device.model.apps.scanner.name}.SELF_TEST`;
  const enabled = device.packages.get(device.model.apps.scanner.name)?.enabled !== 'disabled-user';
  if (action !== ours || !enabled) return { out: `${head}Broadcast completed: result=0\n` };
  const { result, text } = selfTest(device);
  return { out: `${head}Broadcast completed: result=${result}, data="${text}"\n` };
}

function start(component: string, waits: boolean, device: Device): Printed {
  const [name = '', activity = ''] = component.split('/');
  const head = `Starting: Intent { cmp=${name}/${activity} }\n`;
  const found = device.packages.get(name);
  if (found === undefined || found.enabled === 'disabled-user') {
    return {
      out: `${head}Error type 3\nError: Activity class {${name}/${name}${activity}} does not exist.\n`,
      code: device.model.firmware.sdk >= 28 ? 1 : 0,
    };
  }
  if (name === device.model.apps.scanner.name && /SelfTest/.test(activity)) selfTest(device);
  if (!waits) return { out: head };
  return {
    out: `${head}Status: ok\nActivity: ${name}/${activity}\nTotalTime: 312\nWaitTime: 318\nComplete\n`,
  };
}

export const logcat: StreamingCommand = async ({ args, io, device, signal }) => {
  if (args.includes('-c')) {
    device.log.clear();
    return 0;
  }
  const tags = tagsOf(args);
  const shows = (line: LogLine): boolean => tags === null || tags.has(line.tag);
  const most = args[args.indexOf('-t') + 1];
  const kept = device.log.lines.filter(shows);
  const shown = args.includes('-t') ? kept.slice(-Number(most)) : kept;
  await io.stdout(Buffer.from(`--------- beginning of main\n${shown.map(format).join('')}`));
  if (args.includes('-d') || args.includes('-t')) return 0;
  const stop = device.log.follow((line) => {
    if (shows(line)) void io.stdout(Buffer.from(format(line))).catch(() => undefined);
  });
  try {
    await new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(new Interrupted()), { once: true });
    });
  } finally {
    stop();
  }
  return 0;
};

/** `-s TAG`, `TAG:I *:S`; null: all. */
function tagsOf(args: readonly string[]): ReadonlySet<string> | null {
  const filters = args.filter((arg, at) => /^[\w.]+(:\w)?$/.test(arg) && args[at - 1] !== '-t');
  const silent = args.includes('-s') || args.includes('*:S');
  if (!silent) return null;
  return new Set(filters.map((filter) => filter.replace(/:\w$/, '')));
}

function format({ utcMs, level, tag, text }: LogLine): string {
  const when = new Date(utcMs + 8 * 3_600_000).toISOString();
  return `${when.slice(5, 10)} ${when.slice(11, 23)}  1817  1903 ${level} ${tag.padEnd(8)}: ${text}\n`;
}
