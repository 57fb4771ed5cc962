/** What an answer says: one that is refused ends well all the same, and its words say why there is no value. */
import { expect, it } from 'vitest';
import { AndroidReader } from '../../../native-bridge/operations/readings/android-reader.ts';
import { attempt } from '../../../native-bridge/operations/readings/take-one.ts';
import type { ReadingSource, Source } from '../../../native-bridge/terminals/profile-source.ts';
import { sessionOver } from '../../support/adb-session.ts';
import { daemonWithShell } from '../../support/scripted-shell.ts';

const battery: Source = { from: 'android-dump', dump: 'battery', field: 'levelPercent' };

/** As a script's output: each of its commands printed this, and ended well. */
function printed(script: string, ...outputs: string[]): string {
  const marker = /^m='([0-9a-f]+)''([0-9a-f]+)'/.exec(script)?.slice(1).join('') ?? '';
  const sections = outputs.map((output, index) => `${output}\n\n${marker} o ${index} 0\n`);
  return `\n${marker} o begin 41 42 ok\n${sections.join('')}`;
}

const refusal = "Permission Denial: can't dump BatteryService from pid=4711, uid=2000";

it.each([
  [refusal, { code: 'command-refused', facts: { meaning: refusal } }],
  ['Error while accessing provider:settings', { code: 'command-refused' }],
  ["Can't find service: battery", { code: 'command-unsupported' }],
])('%s', async (output, fault) => {
  const shell = daemonWithShell((script) => ({ output: printed(script, output), exitCode: 0 }));
  const reader = new AndroidReader(await sessionOver(shell), new AbortController().signal);
  await expect(reader.fetch(battery)).rejects.toMatchObject({ fault });
});

const missing = 'Unable to find package: com.example.old\n';
const there = [
  'Packages:',
  '  Package [com.example.pay] (1a):',
  '    versionName=4.1',
  '    User 0: installed=true hidden=false enabled=0',
].join('\n');

it.each([
  ['installed', [missing, there], 'true'],
  ['versionName', [missing, there], '4.1'],
  ['installed', [there, missing], 'true'],
  ['installed', [missing, missing], 'false'],
  ['versionName', [missing, missing], ''],
])(
  'of apps that stand for each other the one that is there counts: %s',
  async (name, outputs, text) => {
    const packages = ['com.example.old', 'com.example.pay'];
    const shell = daemonWithShell((script) => ({
      output: printed(script, ...outputs),
      exitCode: 0,
    }));
    const reader = new AndroidReader(await sessionOver(shell), new AbortController().signal);
    const raw = await reader.fetch({ from: 'android-package', packages, field: name });
    expect(raw.text).toBe(text);
  },
);

const serial: Source = { from: 'android-property', names: ['ro.serialno'] };
const proxy: Source = { from: 'android-settings', key: 'global/http_proxy' };

it.each([
  ['properties', serial],
  ['settings', proxy],
])('no %s at all is no answer, and not one without this value', async (_, source) => {
  const shell = daemonWithShell((script) => ({
    output: printed(script, 'what else a vendor may print'),
    exitCode: 0,
  }));
  const reader = new AndroidReader(await sessionOver(shell), new AbortController().signal);
  await expect(reader.fetch(source)).rejects.toMatchObject({ fault: { code: 'reply-malformed' } });
});

it.each(['Error dumping service info: (Timed out) battery', refusal])(
  'what can not be understood is unknown, and stands beside it as it came: %s',
  async (output) => {
    const how: ReadingSource = {
      ...{ source: battery, type: 'text', unit: 'none', scale: 1, offset: 0, none: [] },
      ...{ map: new Map(), sample: null, fact: null },
    };
    const shell = daemonWithShell((script) => ({ output: printed(script, output), exitCode: 0 }));
    const { signal } = new AbortController();
    const reader = new AndroidReader(await sessionOver(shell), signal);
    const { value, reply, failure } = await attempt(reader, how, signal);
    expect({ value, reply: reply.trim() }).toEqual({ value: null, reply: output });
    expect(failure?.code).toMatch(/^(?:reply-malformed|command-refused)$/);
  },
);
