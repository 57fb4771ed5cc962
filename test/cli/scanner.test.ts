/** `scanner`: the loop test in the shell, with a simulated counter terminal, and its codes as files. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { scannerTestSchema } from '../../native-bridge/contract/scanner.ts';
import { openPicture, readCodes } from '../../native-bridge/pictures/index.ts';
import { documentOf, run, simulate, startAtTerminal, temporaryFolder } from './support.ts';

vi.setConfig({ testTimeout: 120_000 });

const scanner = async (...args: string[]) =>
  await run(['scanner', ...args, '--data', temporaryFolder()]);

describe('scanner --training', () => {
  it('of a good scanner reads every code and ends with 0', async () => {
    const { code, stdout, stderr } = await scanner('--training');
    expect(stderr).toMatch(/Code 25 of 25 \(Form like a code of EMVCo’s kind, 24 characters\)/);
    expect(stdout).toMatch(/✓ Scanner good {2}25 of 25 codes read, 0 not/);
    expect(stdout).toMatch(/150 ms – 200 ms +█+ \d+/);
    expect(code).toBe(0);
  });

  it('of a dirty window says so first, and ends with 1', async () => {
    const { code, stdout } = await scanner('--training', '--fault', 'scanner-window-dirty');
    const [, verdict, meaning] = stdout.split('\n');
    expect(verdict).toMatch(/^✕ Codes missed/);
    expect(meaning).toMatch(/clean the window and test again$/);
    expect(code).toBe(1);
  });

  it('on paper finds a dead light; as JSON it is the contract’s shape', async () => {
    const args = ['--training', '--printed', '--fault', 'scanner-illumination-dead', '--json'];
    const document = documentOf(await scanner(...args));
    const { test } = document.result as { test: unknown };
    expect(scannerTestSchema.parse(test)).toMatchObject({
      carrier: 'paper',
      verdict: 'misses',
      means: [{ key: 'scanner_means_no_light' }],
    });
    expect(document.exitCode).toBe(1);
  });
});

describe('its codes', () => {
  it('are written as a page and as pictures, without a terminal', async () => {
    const folder = temporaryFolder();
    const [page, images] = [join(folder, 'codes.html'), join(folder, 'codes')];
    const document = documentOf(
      await scanner('--page', page, '--images', images, '--json', '--lang', 'zh-CN'),
    );
    expect(document).toMatchObject({ exitCode: 0, result: { page, images, test: null } });
    expect(readdirSync(images)).toHaveLength(25);
    const [first = ''] = readdirSync(images);
    const picture = await openPicture(join(images, first));
    const found = await readCodes(picture, new AbortController().signal);
    expect(found.map(({ text }) => text)).toEqual(['POSBENCH 01 M 25']);
    const html = readFileSync(page, 'utf8');
    expect(html).toContain('<html lang="zh-CN">');
    expect(html.match(/<svg/g)).toHaveLength(25);
    expect(html).toContain('width="33mm"');
    expect(html).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org\/2000\/svg)|undefined/);
  });

  it('that can’t be written are a sentence', async () => {
    const { code, stderr } = await scanner('--images', '/proc/nowhere');
    expect(stderr).toContain('/proc/nowhere');
    expect(code).toBe(2);
  });
});

describe('scanner of a terminal', () => {
  it('without a scanner is refused with 4', async () => {
    const { url } = await simulate();
    const { code, stderr } = await scanner(url);
    expect(stderr).toContain('This model has no scanner');
    expect(code).toBe(4);
  });

  it('takes keys: not read, skipped, finished; and says where the codes are', async () => {
    const { url, data } = await simulate([], ['--baud', '0', '--model', 'counter']);
    const page = join(temporaryFolder(), 'codes.html');
    const asked = ['scanner', url, '--page', page, '--data', data];
    const shell = startAtTerminal(asked, { env: { TERM: 'dumb', COLUMNS: '200' } });
    await shell.said(/Code 1 of 25/);
    expect(existsSync(page)).toBe(true);
    shell.type('n');
    await shell.said(/Code 2 of 25/);
    shell.type('s');
    await shell.said(/Code 3 of 25/);
    shell.type('q');
    const { stdout, code } = await shell.ended;
    expect(stdout).toContain('Reads nothing');
    expect(stdout).toContain('24 codes were not tested');
    expect(code).toBe(1);
  });

  it('Ctrl-C stops it, and nothing is judged', async () => {
    const { url, data } = await simulate([], ['--baud', '0', '--model', 'counter']);
    const page = join(temporaryFolder(), 'codes.html');
    const shell = startAtTerminal(['scanner', url, '--page', page, '--data', data]);
    await shell.said(/Code 1 of 25/);
    shell.type('\x03');
    expect((await shell.ended).code).toBe(5);
  });
});

it('--training with a port, or a fault without it, is a usage error', async () => {
  expect((await scanner('COM7', '--training')).code).toBe(2);
  expect((await scanner('COM7', '--fault', 'scanner-slow')).code).toBe(2);
});
