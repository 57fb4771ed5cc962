/** `qr`: what a payment code says, and whether it is this terminal's. */
import { describe, expect, it, vi } from 'vitest';
import { pictureInspectionSchema, qrInspectionSchema } from '../../native-bridge/contract/qr.ts';
import { fixture } from '../pictures/support.ts';
import { documentOf, run, simulate, temporaryFolder } from './support.ts';

vi.setConfig({ testTimeout: 120_000 });

const qr = async (...args: string[]) => await run(['qr', ...args, '--data', temporaryFolder()]);

describe('qr', () => {
  it('says what an address is, and that EMVCo’s rules do not apply to it', async () => {
    const { code, stdout } = await qr('https://qr.alipay.com/fkx0123');
    expect(stdout).toMatch(/Alipay code/);
    expect(stdout).toMatch(/do not apply to an address/);
    expect(code).toBe(0);
  });

  it('ends with 1 and names the field where a code is broken', async () => {
    const { code, stdout } = await qr('00020101021153031565802CN63040000');
    expect(stdout).toMatch(/Merchant name \(59\): a required item is missing/);
    expect(code).toBe(1);
  });

  it('takes the code that a terminal shows for its own, and another shop’s for another’s', async () => {
    const box = await simulate();
    const read = documentOf(
      await run(['read', box.url, 'qr.payload', '--json', '--data', box.data]),
    );
    const { readings } = read.result as { readings: { value: string }[] };
    const own = readings[0]?.value ?? '';
    const here = documentOf(await qr(own, '--port', box.url, '--json'));
    expect(here.exitCode).toBe(0);
    const { against } = qrInspectionSchema.parse(here.result);
    expect(against.length).toBeGreaterThan(5);
    expect(against.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    const other = await simulate(['qr-payload-foreign']);
    const foreign = documentOf(
      await run(['read', other.url, 'qr.payload', '--json', '--data', other.data]),
    );
    const [shown] = (foreign.result as { readings: { value: string }[] }).readings;
    const there = await qr(shown?.value ?? '', '--port', box.url);
    expect(there.stdout).toMatch(/not this terminal’s merchant/);
    expect(there.code).toBe(1);
  });

  it('with a port alone takes the code that the terminal shows', async () => {
    const box = await simulate(['qr-payload-foreign']);
    const { code, stdout } = await qr('--port', box.url);
    expect(stdout).toMatch(/^Shown by the terminal at .*\nEMVCo merchant code, dynamic\n/);
    expect(stdout).toMatch(/✕ Merchant number .*898/);
    expect(stdout).toMatch(/not this terminal’s merchant/);
    expect(code).toBe(1);
  });

  it('says what to do where the terminal shows none', async () => {
    const box = await simulate();
    const set = await run([
      ...['config', 'apply', box.url, 'qr.presented=customer', '--data', box.data],
    ]);
    expect(set.code).toBe(0);
    const { code, stderr } = await run(['qr', '--port', box.url, '--data', box.data]);
    expect(stderr).toMatch(/set to scan payers’ codes/);
    expect(code).toBe(3);
  });

  it('reads the code from standard input, so that it stands in no history', async () => {
    const { stdout, code } = await run(['qr', '-', '--data', temporaryFolder()], {
      input: '134567890123456789\n',
    });
    expect(stdout).toMatch(/WeChat Pay code\n {2}13\*{16}\n/);
    expect(code).toBe(0);
  });

  it('without a code, or with two, is a usage error', async () => {
    expect((await qr('')).code).toBe(2);
    expect((await qr()).code).toBe(2);
    expect((await qr('https://a.example', '--text', 'b')).code).toBe(2);
    expect((await qr('7'.repeat(10_000))).code).toBe(2);
  });

  it('shows what can’t be seen in a code, and sends nothing of it to the shell', async () => {
    const { stdout } = await run(['qr', '-', '--data', temporaryFolder()], {
      input: 'https://pay.example/\u202Egnp\u001b[2J\n',
    });
    expect(stdout).toContain('https://pay.example/⟨U+202E⟩gnp⟨U+001B⟩[2J');
    expect(stdout).toMatch(/▲ It holds characters that can’t be seen/);
  });

  it('lists every code of a picture by its place', async () => {
    const { code, stdout } = await qr(fixture('ten-codes.png'));
    expect(stdout).toMatch(/10 codes in ten-codes\.png/);
    expect(stdout).toMatch(/▲ They pay different ones: Row 1, number 1/);
    expect(stdout).toMatch(/Row 2, number 4\nAlipay code\n {2}https:\/\/qr\.alipay\.com\/fkx8\n/);
    expect(code).toBe(0);
  });

  it('documents each code of a picture in JSON', async () => {
    const document = documentOf(await qr('--file', fixture('photo.jpg'), '--json'));
    const { codes } = pictureInspectionSchema.parse(document.result);
    expect(codes).toMatchObject([{ row: 1, column: 1, inspection: { kind: 'address' } }]);
  });

  it('says what to do about a picture without a code, and ends with 1', async () => {
    const { code, stdout } = await qr(fixture('no-code.png'), '--lang', 'zh-CN');
    expect(stdout).toMatch(/^no-code\.png 里没有找到码\n正对着拍/);
    expect(code).toBe(1);
  });

  it.each([
    ['a picture that is not there', 'not-there.jpg', 2, /not-there\.jpg is not there/],
    ['a folder', '.', 2, /\. is a folder/],
    ['a kind that is not read', 'code.webp', 4, /of kind WEBP.*\n.*Save it as JPEG or PNG/],
  ])('says in a sentence what is wrong with %s', async (_what, name, exit, sentence) => {
    const { code, stderr } = await run(['qr', name, '--data', temporaryFolder()], {
      cwd: fixture(''),
    });
    expect(stderr).toMatch(sentence);
    expect(code).toBe(exit);
  });

  it('takes text for text though a file is called so, where it is told', async () => {
    const args = ['qr', '--text', 'photo.jpg', '--data', temporaryFolder()];
    const { stdout } = await run(args, { cwd: fixture('') });
    expect(stdout).toMatch(/^Not a payment code that is known here\n {2}photo\.jpg\n/);
  });
});
