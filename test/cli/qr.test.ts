/** `qr`: what a payment code says, and whether it is this terminal's. */
import { describe, expect, it, vi } from 'vitest';
import { qrInspectionSchema } from '../../native-bridge/contract/qr.ts';
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
    expect(qrInspectionSchema.parse(here.result).against).toMatchObject([{ verdict: 'pass' }]);
    const other = await simulate(['qr-payload-foreign']);
    const foreign = documentOf(
      await run(['read', other.url, 'qr.payload', '--json', '--data', other.data]),
    );
    const [shown] = (foreign.result as { readings: { value: string }[] }).readings;
    const there = await qr(shown?.value ?? '', '--port', box.url);
    expect(there.stdout).toMatch(/not this terminal’s merchant/);
    expect(there.code).toBe(1);
  });

  it('reads the code from standard input, so that it stands in no history', async () => {
    const { stdout, code } = await run(['qr', '-', '--data', temporaryFolder()], {
      input: '134567890123456789\n',
    });
    expect(stdout).toMatch(/WeChat Pay code\n {2}13\*{16}\n/);
    expect(code).toBe(0);
  });

  it('without a code is a usage error', async () => {
    expect((await qr('')).code).toBe(2);
  });
});
