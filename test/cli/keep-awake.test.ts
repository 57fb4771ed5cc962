/** The shell's way to keep the computer awake, with a child process in place of the system's tool. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { KeepAwake, toolOf, withSleepWarning } from '../../cli/keep-awake.ts';
import type { FlashPlan } from '../../native-bridge/contract/firmware.ts';
import { temporaryFolder } from './support.ts';

const onLinux = process.platform === 'linux';
const module = fileURLToPath(new URL('../../cli/keep-awake.ts', import.meta.url));

/** A `systemd-inhibit` that writes down how it was called and when what it guards has ended. */
function fakeTool(script = '"$last"') {
  const folder = temporaryFolder();
  const said = join(folder, 'said');
  writeFileSync(said, '');
  const tool = join(folder, 'systemd-inhibit');
  const lines = [
    '#!/bin/sh',
    'for last; do :; done',
    `echo "held $*" >> ${said}`,
    script,
    `echo ended >> ${said}`,
  ];
  writeFileSync(tool, lines.join('\n'));
  chmodSync(tool, 0o755);
  return { folder, said };
}

/** The file's text once it matches. */
async function reads(file: string, pattern: RegExp): Promise<string> {
  const changes = watch(file);
  try {
    for (;;) {
      const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
      if (pattern.test(text)) return text;
      await once(changes, 'change');
    }
  } finally {
    changes.close();
  }
}

const onPath = (folder: string) => {
  vi.stubEnv('PATH', `${folder}:${process.env['PATH'] ?? ''}`);
  onTestFinished(() => void vi.unstubAllEnvs());
};

describe.runIf(onLinux)('systemd-inhibit', () => {
  test('holds from the first change to the last, for sleep and idling', async () => {
    const { folder, said } = fakeTool();
    onPath(folder);
    const failures: string[] = [];
    const awake = new KeepAwake((tool) => failures.push(tool));
    awake.set(true);
    awake.set(true);
    expect(await reads(said, /held/)).toContain('--what=sleep:idle');
    expect(readFileSync(said, 'utf8')).not.toContain('ended');
    awake.set(false);
    awake.set(true);
    await reads(said, /held[^]*held/);
    awake.set(false);
    expect(failures).toEqual([]);
  });

  test('ends with a program that was killed', async () => {
    const { folder, said } = fakeTool();
    const script = `import { KeepAwake } from ${JSON.stringify(module)};
      new KeepAwake(() => undefined).set(true);
      setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      env: { PATH: `${folder}:${process.env['PATH'] ?? ''}` },
      stdio: 'ignore',
    });
    await reads(said, /held/);
    child.kill('SIGKILL');
    expect(await reads(said, /ended/)).toMatch(/^held .*\nended\n$/);
  });

  test('a tool that refuses is said, and stops nothing', async () => {
    const { folder } = fakeTool('exit 1');
    onPath(folder);
    const failed = new Promise((resolve) => new KeepAwake(resolve).set(true));
    expect(await failed).toBe('systemd-inhibit');
  });

  test('the plan warns where there is no such tool, and only there', () => {
    const plan = { warnings: [] } as unknown as FlashPlan;
    vi.stubEnv('PATH', temporaryFolder());
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(withSleepWarning(plan).warnings.map(({ code }) => code)).toEqual(['no-keep-awake']);
    onPath(fakeTool().folder);
    expect(withSleepWarning(plan).warnings).toEqual([]);
  });
});

/** Only what is asked of it: there is no Windows here to ask. */
test('on Windows a hidden powershell holds the execution state until our end of its pipe closes', () => {
  const tool = toolOf('win32', 1);
  expect(tool?.name).toBe('powershell.exe');
  expect(tool?.arguments.slice(0, -1)).toEqual([
    '-NoProfile',
    '-NonInteractive',
    '-EncodedCommand',
  ]);
  const script = Buffer.from(tool?.arguments.at(-1) ?? '', 'base64').toString('utf16le');
  // ES_CONTINUOUS | ES_SYSTEM_REQUIRED
  expect(script).toContain('SetThreadExecutionState([uint32]"0x80000001")');
  expect(script).toMatch(/\[Console\]::In\.ReadToEnd\(\)$/);
  // A command line holds 32,767 characters there.
  expect(tool?.arguments.join(' ').length).toBeLessThan(8000);
});

test('on macOS caffeinate holds idle and system sleep for as long as we live', () => {
  expect(toolOf('darwin', 77)).toEqual({ name: 'caffeinate', arguments: ['-i', '-s', '-w', '77'] });
  expect(toolOf('freebsd', 1)).toBeNull();
});
