/** A recording sent by somebody else, from the shell: recorded with --record, named as a port. */
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentOf, run, simulate, temporaryFolder } from './support.ts';

async function recorded(): Promise<{ file: string; merchant: string; verdicts: unknown }> {
  const { url, data, merchant } = await simulate(['wrong-merchant']);
  // It is made where it is not there.
  const folder = join(temporaryFolder(), 'recordings');
  const options = ['--merchant', merchant, '--data', data, '--record', folder];
  const ran = await run(['diagnose', url, '--symptom', 'S3', '--json', ...options]);
  const [name = ''] = readdirSync(folder);
  return { file: join(folder, name), merchant, verdicts: verdictsIn(documentOf(ran).result) };
}

const verdictsIn = (result: unknown): unknown =>
  (result as { findings: { check: string; verdict: string }[] }).findings.map(
    ({ check, verdict }) => `${check} ${verdict}`,
  );

describe('a recording', () => {
  it('is diagnosed on another computer as the terminal was, by its name in the shell', async () => {
    const { file, merchant, verdicts } = await recorded();
    const data = temporaryFolder();
    const asked = ['--symptom', 'S3', '--merchant', merchant, '--data', data];
    const cwd = dirname(file);
    const ran = await run(['diagnose', `replay:${basename(file)}`, ...asked, '--json'], { cwd });
    expect(ran.code).toBe(1);
    expect(verdictsIn(documentOf(ran).result)).toEqual(verdicts);

    const history = await run(['history', '--data', data]);
    expect(history.stdout.match(/ recording /g)).toHaveLength(1);
  }, 120_000);

  it('of a real device is told apart from a device', async () => {
    const file = join(import.meta.dirname, '../fixtures/smp/zephyr-3.5-groups.jsonl');
    const ran = await run(['identify', `replay:${file}`, '--data', temporaryFolder()]);
    expect(ran.stderr).toContain('From a recording: no terminal is read or written');
    expect(ran.stdout).toContain('zephyr-generic');
    expect(ran.code).toBe(0);
  }, 60_000);

  it('that is not there is a mistake in the command, said in one sentence', async () => {
    const options = ['--data', temporaryFolder(), '--lang', 'zh-CN'];
    const ran = await run(['identify', 'replay:没有.jsonl', ...options], { cwd: '/tmp' });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('找不到文件 /tmp/没有.jsonl');
  });

  it('is explained in the help', async () => {
    const { stdout } = await run(['read', '--help']);
    expect(stdout).toContain('replay:talk.jsonl');
  });
});
