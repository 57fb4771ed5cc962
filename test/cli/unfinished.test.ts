/** A correction that was cut off is told by whatever command connects next, and can be left as it is. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished, vi } from 'vitest';
import { byteProfile, byteTerminal } from '../support/byte-terminal.ts';
import { TappedLine } from '../support/tapped-line.ts';
import { documentOf, run, temporaryFolder } from './support.ts';

vi.setConfig({ testTimeout: 120_000 });

const child = fileURLToPath(new URL('../operations/children/apply.ts', import.meta.url));
const changes = JSON.stringify([
  { key: 'a.text', value: 'a2' },
  { key: 'b.text', value: 'b2' },
]);

/** A program that was killed before the second of two settings was written. */
async function killed(hasSerialNumber: boolean) {
  const text = (value: string) => new TextEncoder().encode(value);
  const terminal = await byteTerminal({ sn: text('B-1'), a: text('a1'), b: text('b1') });
  const line = await TappedLine.to(terminal.url);
  const data = temporaryFolder();
  const profile = join(data, 'bytes.yaml');
  writeFileSync(profile, byteProfile(hasSerialNumber));
  const program = spawn(process.execPath, [child, data, line.url, profile, changes]);
  onTestFinished(() => void program.kill('SIGKILL'));
  const ended = once(program, 'exit');
  line.tap = ({ header, body }) => {
    const cut = header.group === 3 && header.operation === 'write' && body.get('name') === 'b';
    if (cut) program.kill('SIGKILL');
    return cut;
  };
  await ended;
  line.tap = () => false;
  const show = async (...more: string[]) =>
    await run(['config', 'show', line.url, '--profile', profile, '--data', data, ...more]);
  return { line, data, show };
}

it('what was put back is said once, in words and as JSON', async () => {
  const { show } = await killed(true);
  const ran = await show('--json');
  expect(documentOf(ran).ok).toBe(true);
  expect(JSON.parse(ran.stdout)).toMatchObject({
    unfinished: { state: 'settled', text: { key: 'unfinished_undone' } },
  });
  expect((await show('--json')).stdout).not.toContain('unfinished');
});

it('what waits is said with the commands to undo or to leave it', async () => {
  const { line, data, show } = await killed(false);
  const { stderr, code } = await show();
  expect(stderr).toContain('only assumed to be the same');
  expect(code).toBe(0);
  const [, id = ''] = /pos-bench config leave (\S+)/.exec(stderr) ?? [];
  expect(stderr).toContain(`pos-bench config undo ${line.url} ${id}`);
  const history = await run(['history', '--data', data]);
  expect(history.stdout).toContain(id);
  const left = await run(['config', 'leave', id, '--data', data]);
  expect(left).toMatchObject({ code: 0 });
  expect((await show()).stderr).not.toContain('cut off');
});
