/** Answers that come from a pipe. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const input = fileURLToPath(new URL('../../cli/input.ts', import.meta.url));

/** What so many questions are answered with, in a process whose stdin holds `piped` and stays open or ends. */
async function answers(count: number, piped: string, ends: boolean): Promise<unknown> {
  const script = `
    import { readAnswer } from ${JSON.stringify(input)};
    const shell = { signal: new AbortController().signal, json: false };
    const said = [];
    for (let at = 0; at < ${count}; at++) said.push(await readAnswer(shell, ''));
    console.log(JSON.stringify(said));`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.write(piped);
  if (ends) child.stdin.end();
  const said = text(child.stdout);
  await once(child, 'close');
  child.stdin.destroy();
  return JSON.parse(await said);
}

describe('lines of a pipe', () => {
  it('answer one question each, though they came at once', async () => {
    expect(await answers(2, 'one\ntwo\n', true)).toEqual(['one', 'two']);
  });

  it('are answers without a line end, too, and none where there are no more', async () => {
    expect(await answers(3, 'one\ntwo', true)).toEqual(['one', 'two', null]);
  });

  it('keep no program running that asks no more', async () => {
    expect(await answers(1, 'one\ntwo\n', false)).toEqual(['one']);
  });
});
