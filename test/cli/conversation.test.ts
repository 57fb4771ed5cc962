/** The conversation at a real terminal and Ctrl-C in it; and what stands in its place without a keyboard. */
import { describe, expect, it, vi } from 'vitest';
import { documentOf, run, simulate, startAtTerminal, temporaryFolder } from './support.ts';

vi.setConfig({ testTimeout: 120_000 });

const atTerminal = process.platform === 'linux';
if (!atTerminal) console.log('not run: conversations at a terminal (Linux only)');

const enter = '\r';
const prompt = 'q stop asking): ';
const prompts = (count: number): RegExp =>
  new RegExp(`(?:q stop asking\\): [^]*){${String(count)}}`);

function withoutTerminal(...more: string[]) {
  const data = temporaryFolder();
  const talk = startAtTerminal(['diagnose', '--no-terminal', '--data', data, ...more]);
  return { data, talk };
}

const newestCase = async (data: string) => {
  const { result } = documentOf(await run(['history', '--json', '--data', data]));
  const { cases } = result as { cases: { id: string; symptom: string; cause: string | null }[] };
  return cases[0];
};

describe.runIf(atTerminal)('a diagnosis at a keyboard', () => {
  it('left with Ctrl-C keeps what was answered, and goes on with it', async () => {
    const { data, talk } = withoutTerminal('--symptom', 'S3');
    await talk.said('Who scans whom?');
    talk.type(`1${enter}`);
    await talk.said(prompts(2));
    talk.type('\x03');
    const { code, stdout } = await talk.ended;
    expect(code).toBe(5);
    expect(stdout).toContain('What was answered is in the case');
    const caseId = (await newestCase(data))?.id ?? '';
    const same = ['--no-terminal', '--symptom', 'S3', '--case', caseId];
    const again = await run(['diagnose', ...same, '--json', '--data', data]);
    expect(documentOf(again).result).toMatchObject({ caseId, answers: { 'who-scans': 'payer' } });
  });

  it('reads the terminal first, and asks nothing where it is told not to', async () => {
    const { url, data, merchant } = await simulate(['wrong-merchant']);
    const told = ['--symptom', 'S3', '--merchant', merchant, '--data', data, '--no-questions'];
    const { ended } = startAtTerminal(['diagnose', url, ...told]);
    const { stdout } = await ended;
    expect(stdout).toContain('Cause: ');
    expect(stdout).not.toContain(prompt);
  });
});

describe('without a keyboard', () => {
  it('nothing is asked', async () => {
    const data = temporaryFolder();
    const { stdout, code } = await run([
      'diagnose',
      '--no-terminal',
      '--symptom',
      'S3',
      '--data',
      data,
    ]);
    expect(stdout).toContain('No terminal attached');
    expect(code).toBe(5);
  });

  it('the complaint has to be named', async () => {
    const { stderr, code } = await run(['diagnose', '--no-terminal']);
    expect(stderr).toContain('Option --symptom <S1..S5> is missing');
    expect(code).toBe(2);
  });

  it.each([
    ['who-scans=nobody', 'payer (the payer scans the shop'],
    ['who-scnas=payer', 'There is no question who-scnas'],
  ])('the answer %s is refused with what there is', async (answer, expected) => {
    const args = ['diagnose', '--no-terminal', '--symptom', 'S3', '--answer', answer];
    const { stderr, code } = await run([...args, '--data', temporaryFolder()]);
    expect(stderr).toContain(expected);
    expect(code).toBe(2);
  });

  it.each([
    [['--routine', '--symptom', 'S3'], '--routine and --symptom'],
    [['--no-terminal', 'COM7', '--symptom', 'S3'], '--no-terminal and COM7'],
  ])('%j don’t go together', async (args, expected) => {
    const { stderr, code } = await run(['diagnose', ...args]);
    expect(stderr).toContain(`${expected} don't go together`);
    expect(code).toBe(2);
  });

  it('the questions are listed as --answer takes them', async () => {
    const data = temporaryFolder();
    const { stdout } = await run(['questions', '--symptom', 'S3', '--data', data]);
    expect(stdout).toMatch(/who-scans=payer +the payer scans/);
    expect(stdout).not.toContain('hotspot=');
  });

  it('a routine visit says when the next one is due, in the history too', async () => {
    const { url, data } = await simulate();
    const { stdout } = await run(['diagnose', url, '--routine', '--data', data]);
    expect(stdout).toContain('Next routine visit: ');
    expect(stdout).toContain('this is the first');
    expect((await run(['history', '--data', data])).stdout).toContain('next');
  });
});
