/** A scanner app's reads, as they come out of Android's log. */
import { describe, expect, it } from 'vitest';
import { Connection } from '../../../native-bridge/connections/connection.ts';
import { openReads } from '../../../native-bridge/operations/scanner-test/read-source.ts';
import type { Profile, ScannerReads } from '../../../native-bridge/terminals/profile.ts';
import { sentence } from '../../../native-bridge/wording/index.ts';
import { sessionOver } from '../../support/adb-session.ts';
import { daemonWithShell } from '../../support/scripted-shell.ts';
import { check, edited } from '../../terminals/support.ts';

const profile = profileOf(
  edited(
    `    from: smp-shell
    argv: [scan, log]
    pattern: '^(?P<ms>[0-9]+) (?P<text>.+)$'
`,
    `    from: android-log
    tag: ScanService
    pattern: '^decoded in (?P<ms>[0-9]+) ms: (?P<text>.+)$'
`,
  ),
);
const how = waysOf(profile);
const waiting = sentence('activity_scanner_test', { number: 1, of: 2 });

const line = (time: string, text: string, tag = 'ScanService') =>
  `     ${time}  1201  1240 I ${tag}: decoded in 40 ms: ${text}`;

describe('reads from Android’s log', () => {
  it('begin with what is written after the test began', async () => {
    const log = [line('1700000000.250', 'BEFORE')];
    const { reads } = await reader(log);
    log.push(line('1700000000.900', 'AFTER'));
    expect(await reads.next(waiting, never)).toEqual([{ text: 'AFTER', decodeMs: 40 }]);
  });

  it('are each told once, two of one millisecond too', async () => {
    const log: string[] = [];
    const { reads } = await reader(log);
    log.push(line('1700000001.100', 'A'));
    expect(await texts(reads)).toEqual(['A']);
    log.push(line('1700000001.100', 'B'));
    expect(await texts(reads)).toEqual(['B']);
    expect(await texts(reads)).toEqual([]);
  });

  it('are told again where the same code is shown again', async () => {
    const log: string[] = [];
    const { reads } = await reader(log);
    log.push(line('1700000001.100', 'A'));
    expect(await texts(reads)).toEqual(['A']);
    log.push(line('1700000002.300', 'A'));
    expect(await texts(reads)).toEqual(['A']);
  });

  it('are of the profile’s tag and form alone', async () => {
    const log: string[] = [];
    const { reads } = await reader(log);
    log.push(
      '--------- beginning of main',
      line('1700000001.100', 'FOREIGN', 'OtherService'),
      '     1700000001.200  1201  1240 D ScanService: light on',
      line('1700000001.300', 'OURS'),
    );
    expect(await texts(reads)).toEqual(['OURS']);
  });

  it('are asked for from the last entry on, by the terminal’s own clock', async () => {
    const log: string[] = [];
    const { reads, scripts } = await reader(log);
    log.push(line('1700000001.100', 'A'));
    await reads.next(waiting, never);
    await reads.next(waiting, never);
    const asked = scripts.filter((script) => script.includes('logcat'));
    expect(asked.map((script) => /'-T' '([^']+)'/.exec(script)?.[1])).toEqual([
      '1700000000.000',
      '1700000000.000',
      '1700000001.100',
    ]);
  });

  it('can’t be had where logcat does not know how: the command is named', async () => {
    const opened = reader([], { logcatExitCode: 1 });
    await expect(opened).rejects.toMatchObject({ fault: { code: 'command-refused' } });
  });

  it('can’t be had where the clock tells no time', async () => {
    const opened = reader([], { clock: 'date: bad format\n' });
    await expect(opened).rejects.toMatchObject({ fault: { code: 'reply-malformed' } });
  });
});

const never = new AbortController().signal;

interface Terminal {
  readonly clock?: string;
  readonly logcatExitCode?: number;
}

/** `log` may grow; the terminal tells of it what logcat would: from the asked time on. */
async function reader(log: readonly string[], terminal: Terminal = {}) {
  const scripts: string[] = [];
  const { clock = '1700000000\n', logcatExitCode = 0 } = terminal;
  const daemon = daemonWithShell((script) => {
    scripts.push(script);
    if (!script.includes('logcat')) return { output: clock, exitCode: 0 };
    const since = Number(/'-T' '([^']+)'/.exec(script)?.[1]);
    const told = log.filter((each) => !(timeOf(each) < since));
    return { output: told.map((each) => `${each}\n`).join(''), exitCode: logcatExitCode };
  });
  const session = await sessionOver(daemon);
  const connection = new Connection(facts, session, () => undefined);
  return { reads: await openReads(connection, how, waiting, never), scripts };
}

const timeOf = (entry: string): number => Number(entry.trim().split(' ')[0]);

async function texts(reads: Awaited<ReturnType<typeof openReads>>): Promise<string[]> {
  return (await reads.next(waiting, never)).map(({ text }) => text);
}

const facts = {
  terminalId: 'terminal',
  portUrl: 'tcp://scripted:5555',
  profile,
  identity: {
    serialNumber: null,
    basis: 'assumed',
    model: 'box',
    hardware: null,
    firmwareVersion: null,
    firmwareHash: null,
  },
  slotHashes: [],
  bootLoader: false,
  portsBefore: new Set<string>(),
  usbSerialNumber: null,
  training: false,
  lastVisitUtc: null,
  nickname: null,
  lastCause: null,
} as const;

function profileOf(text: string): Profile {
  const { value, problems } = check(text);
  if (value === null) throw new Error(JSON.stringify(problems));
  return value;
}

function waysOf({ scanner }: Profile): ScannerReads {
  if (scanner === null) throw new Error('no scanner');
  return scanner.reads;
}
