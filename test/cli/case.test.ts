/** `case add` and `case ticket`: a photo, a text, a note and the acquirer's number, kept with a case. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { requests } from '../../native-bridge/contract/requests.ts';
import { openRecords } from '../../native-bridge/records/records.ts';
import { fixture } from '../pictures/support.ts';
import { openedCase } from '../records/support.ts';
import { bridgeIn } from '../support/bench.ts';
import { readZip } from '../support/read-zip.ts';
import { documentOf, run, simulate, temporaryFolder } from './support.ts';

vi.setConfig({ testTimeout: 120_000 });

async function oneCase(): Promise<{ data: string; caseId: string }> {
  const data = temporaryFolder();
  const records = await openRecords({ dataFolder: data });
  const { caseId } = await openedCase(records);
  await records.close();
  return { data, caseId };
}

describe('case add', () => {
  it('adds photos, a text and a note in one go, and documents them', async () => {
    const { data, caseId } = await oneCase();
    const photos = ['photo.jpg', 'no-code.png'].flatMap((name) => ['--photo', fixture(name)]);
    const typed = ['--text', '商户收款功能受限', '--note', '密码:hunter22'];
    const args = ['case', 'add', 'last', ...photos, ...typed, '--subject', 'bill'];
    const ran = documentOf(await run([...args, '--json', '--data', data]));
    expect(ran.exitCode).toBe(0);
    const { evidence, ...rest } = ran.result as { evidence: unknown[] };
    expect(rest).toEqual({ caseId, note: '密码:***' });
    expect(evidence.map((one) => requests.addEvidence.result.parse(one))).toMatchObject([
      { subject: 'bill', photo: { name: 'photo.jpg' } },
      { subject: 'bill', photo: { name: 'no-code.png', mediaType: 'image/png' } },
      { form: 'text', text: '商户收款功能受限' },
    ]);
  });

  it('says what it added, and that a photo is not masked', async () => {
    const { data } = await oneCase();
    const args = [
      'case',
      'add',
      'last',
      '--photo',
      fixture('photo.jpg'),
      '--subject',
      'code-plate',
    ];
    const { stdout } = await run([...args, '--lang', 'zh-CN', '--data', data]);
    expect(stdout).toMatch(/^码牌：照片 photo\.jpg，\d/);
    expect(stdout).toContain('照片里的内容不打码');
  });

  it.each([
    ['nothing', [], 2, /Give at least one: --photo, --text or --note/],
    ['an unknown subject', ['--text', 'x', '--subject', 'cat'], 2, /expected shop-front \|/],
    ['an empty text', ['--text', ' '], 2, /1 to 4,000 characters/],
    ['a photo that is not there', ['--photo', '/no/such.jpg'], 2, /such\.jpg is not there/],
    ['a GIF', ['--photo', fixture('code.gif')], 4, /of kind GIF.*\n.*JPEG or PNG/],
  ])('of %s says so in a sentence', async (_what, more, exit, sentence) => {
    const { data } = await oneCase();
    const { stderr, code } = await run(['case', 'add', 'last', ...more, '--data', data]);
    expect(stderr).toMatch(sentence);
    expect(code).toBe(exit);
  });

  it('of a file that only is called a photo refuses it by what it holds', async () => {
    const { data } = await oneCase();
    const file = join(temporaryFolder(), 'bill.jpg');
    writeFileSync(file, 'PK\x03\x04');
    const { stderr, code } = await run(['case', 'add', 'last', '--photo', file, '--data', data]);
    expect(stderr).toContain('bill.jpg is no picture that can be read, whatever its name says');
    expect(code).toBe(4);
  });
});

describe('case sign', () => {
  it('without a keyboard wants --yes, and signs nothing', async () => {
    const { data } = await oneCase();
    const { code, stderr } = await run(['case', 'sign', 'last', '王芳', '--data', data]);
    expect(stderr).toContain('only with --yes');
    expect(code).toBe(2);
    const { result } = documentOf(await run(['history', '--json', '--data', data]));
    expect(result).toMatchObject({ cases: [{ signedUtc: null }] });
  });

  it('shows the summary, then signs what it showed', async () => {
    const { data, caseId } = await oneCase();
    const args = ['case', 'sign', 'last', '王芳', '--yes', '--data', data];
    expect((await run(args)).stdout).toMatch(/^Visit [^]*Outcome: [^]*\nSigned by 王芳: SHA-256 /);
    const { result } = documentOf(await run([...args, '--json']));
    expect(result).toMatchObject({ caseId, signer: '王芳', form: 'typed' });
    expect((result as { summary: string }).summary).toMatch(/^Visit /);
  });
});

describe('report --format summary', () => {
  it.each([
    ['zh-CN', /^检修 [^]*结果：没有排查\n/],
    ['en', /^Visit [^]*Outcome: Not diagnosed\n/],
  ])('prints at most ten lines in %s, for a case without a diagnosis too', async (lang, lines) => {
    const { data } = await oneCase();
    const args = ['report', 'last', '--format', 'summary', '--lang', lang, '--data', data];
    const { stdout, code } = await run(args);
    expect(stdout).toMatch(lines);
    expect(stdout.trimEnd().split('\n').length).toBeLessThanOrEqual(10);
    expect(code).toBe(0);
  });

  it('with --json gives the text', async () => {
    const { data, caseId } = await oneCase();
    const ran = await run(['report', 'last', '--format', 'summary', '--json', '--data', data]);
    expect(documentOf(ran).result).toMatchObject({ caseId, format: 'summary' });
  });
});

it('a file that is written anew keeps no signature of what stood there before', async () => {
  const { data } = await oneCase();
  const bridge = await bridgeIn(data);
  await bridge.request('makeShopKey', {});
  await bridge.close();
  const file = join(temporaryFolder(), 'report.html');
  const beside = `${file}.minisig`;
  const report = (...more: string[]) =>
    run(['report', 'last', '-o', file, ...more, '--data', data]);
  await report('--sign');
  expect(readFileSync(beside, 'utf8')).toContain('trusted comment: ');
  expect((await report('--no-sign')).code).toBe(0);
  expect(existsSync(beside)).toBe(false);
  // What only has such a name is somebody's own.
  writeFileSync(beside, 'my notes');
  expect((await report('--no-sign')).code).toBe(0);
  expect(readFileSync(beside, 'utf8')).toBe('my notes');
});

it('diagnose --summary prints the ten lines in place of the table', async () => {
  const box = await simulate(['wrong-merchant']);
  const args = ['diagnose', box.url, '--symptom', 'S3', '--merchant', box.merchant, '--summary'];
  const { stdout, code } = await run([...args, '--data', box.data]);
  expect(stdout).toMatch(/^Visit [^]*\nCause: [^]*\nNext: /);
  expect(stdout.trimEnd().split('\n').length).toBeLessThanOrEqual(10);
  expect(code).toBe(1);
  const ran = documentOf(await run([...args, '--json', '--data', box.data]));
  expect(ran.result).toMatchObject({ cause: 'payment-settings' });
  expect((ran.result as { summary: string }).summary).toContain('Cause: ');
});

describe('bundle', () => {
  it('writes one zip, says how much is in it, and documents every file', async () => {
    const { data, caseId } = await oneCase();
    await run(['case', 'add', 'last', '--photo', fixture('photo.jpg'), '--data', data]);
    const file = join(temporaryFolder(), 'case.zip');
    const args = ['bundle', 'last', '-o', file, '--data', data];
    const { stdout, code } = await run(args);
    expect(stdout).toMatch(/^Written: \S+case\.zip, 10 files, .* KB\nWhat the photos show is not/);
    expect(code).toBe(0);
    const { result } = documentOf(await run([...args, '--json']));
    expect(result).toMatchObject({ caseId, file, leftOut: [] });
    const names = [...(await readZip(readFileSync(file))).keys()];
    const { files } = result as { files: { path: string }[] };
    expect(['manifest.json', ...files.map(({ path }) => path)]).toEqual(names);
  });

  it('names the file that can’t be written, and leaves no half of one', async () => {
    const { data } = await oneCase();
    const ran = await run(['bundle', 'last', '-o', '/no/such/folder/x.zip', '--data', data]);
    expect(ran.stderr).toMatch(/x\.zip/);
    expect(ran.code).toBe(2);
  });
});

it('case ticket notes the acquirer’s number, and off takes it away', async () => {
  const { data, caseId } = await oneCase();
  const ticket = async (number: string) =>
    documentOf(await run(['case', 'ticket', caseId, number, '--json', '--data', data])).result;
  expect(await ticket('GD20260701-118')).toEqual({ caseId, number: 'GD20260701-118' });
  expect(await ticket('off')).toEqual({ caseId, number: null });
});
