/** Every command that the terminal's shell knows. */
import { alarm } from './alarm.ts';
import { am } from './activity.ts';
import { content } from './content.ts';
import { cat, df, ls, md5sum, mkdir, rm, sha1sum, sha256sum } from './files.ts';
import { install } from './install.ts';
import { logcat } from './logcat.ts';
import { ip, ping } from './network.ts';
import { clear, packageHelp } from './package-clear.ts';
import { packageManager } from './packages.ts';
import { settings } from './settings.ts';
import { date, getprop, id, setprop, uname, uptime, wm } from './system.ts';
import { svc } from './svc.ts';
import { echo, grep, head, printf, sort, tail, test, tr, wc } from './text.ts';
import { cmdWifi } from './wifi.ts';
import { dumpsys } from '../dumpsys/index.ts';
import type { Call, PlainCommand, StreamingCommand } from '../shell/command.ts';
import { Interrupted, sleep } from '../shell/io.ts';
import type { Lookup } from '../shell/shell.ts';

const TIMED_OUT = 124;

const plain: Readonly<Record<string, PlainCommand>> = {
  '[': test,
  am,
  content,
  date,
  df,
  echo,
  getprop,
  id,
  ip,
  ls,
  md5sum,
  mkdir,
  printf,
  pwd: () => ({ out: '/\n' }),
  rm,
  setprop,
  settings,
  sha1sum,
  sha256sum,
  svc,
  test,
  uname,
  uptime,
  whoami: () => ({ out: 'shell\n' }),
  wm,
};

const cmd: PlainCommand = ([service = '', ...args], device) => {
  if (service === 'wifi') return cmdWifi(args, device);
  if (service === 'settings') return settings(args, device);
  if (service === 'alarm') return alarm(args, device);
  if (service === 'deviceidle') return deviceIdle(args, device);
  return { err: `cmd: Can't find service: ${service}\n`, code: 20 };
};

const deviceIdle: PlainCommand = ([verb = '', change = ''], device) => {
  if (verb !== 'whitelist') return { err: `Unknown command: ${verb}\n`, code: 255 };
  const name = change.slice(1);
  if (change.startsWith('+')) device.exempt.add(name);
  else device.exempt.delete(name);
  return { out: `${change.startsWith('+') ? 'Added' : 'Removed'}: ${name}\n` };
};

const streaming: Readonly<Record<string, StreamingCommand>> = {
  cat,
  dumpsys,
  grep,
  head,
  logcat,
  ping,
  sort,
  tail,
  tr,
  wc,
  cmd: async (call) => {
    const [service, ...args] = call.args;
    return await (service === 'package' ? pm({ ...call, args }) : printing(cmd)(call));
  },
  pm,
  sleep: async ({ args, signal }) => {
    await sleep(Number(args[0]) * 1000 || 0, signal);
    return 0;
  },
  sh: ({ args, io, signal, script }) => script(args[0] === '-c' ? (args[1] ?? '') : '', io, signal),
  timeout,
};

async function pm(call: Call): Promise<number> {
  const [verb, ...args] = call.args;
  if (verb === 'install') return await install({ ...call, args });
  if (verb === 'clear') return await clear({ ...call, args });
  return await printing(verb === 'help' ? packageHelp : packageManager)(call);
}

/** Toybox's `timeout [-k N] [-s SIG] SECONDS COMMAND…`. */
async function timeout({ args, io, signal, run }: Call): Promise<number> {
  const rest = [...args];
  while (rest[0]?.startsWith('-') === true) rest.splice(0, 2);
  const [seconds = '', ...words] = rest;
  const ms = Number(seconds.replace(/s$/, '')) * 1000;
  const late = AbortSignal.timeout(Math.max(1, Math.trunc(ms)));
  try {
    return await run(words, io, AbortSignal.any([signal, late]));
  } catch (error) {
    if (!(error instanceof Interrupted) || signal.aborted) throw error;
    return TIMED_OUT;
  }
}

function printing(command: PlainCommand): StreamingCommand {
  return async ({ args, io, device }) => {
    const { out = '', err = '', code = 0 } = command(args, device);
    if (out !== '') await io.stdout(Buffer.from(out));
    if (err !== '') await io.stderr(Buffer.from(err));
    return code;
  };
}

export const lookup: Lookup = (name) => {
  const streams = Object.hasOwn(streaming, name) ? streaming[name] : undefined;
  if (streams !== undefined) return streams;
  const prints = Object.hasOwn(plain, name) ? plain[name] : undefined;
  return prints === undefined ? null : printing(prints);
};
