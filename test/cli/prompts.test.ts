/** What the program asks a person, at a real terminal: yes, no, and Ctrl-C instead of an answer. */
import { describe, expect, it, vi } from 'vitest';
import { openRecords } from '../../native-bridge/records/records.ts';
import { openedCase } from '../records/support.ts';
import { run, sampleFirmware, simulate, startAtTerminal, temporaryFolder } from './support.ts';

vi.setConfig({ testTimeout: 120_000 });

const atTerminal = process.platform === 'linux';
if (!atTerminal) console.log('not run: prompts at a terminal (Linux only)');

const update = sampleFirmware('codebox-2.0.0.bin');
const enter = '\r';
const ctrlC = '\x03';

async function runs(url: string, data: string): Promise<string | undefined> {
  const { stdout } = await run(['identify', url, '--data', data]);
  return /Firmware +(\S+)/.exec(stdout)?.[1];
}

describe.runIf(atTerminal)('the plan of a flash', () => {
  it('is flashed after a yes', async () => {
    const { url, data } = await simulate();
    const flash = startAtTerminal(['firmware', 'flash', url, update, '--data', data]);
    await flash.said('type yes and Enter');
    flash.type(`yes${enter}`);
    expect((await flash.ended).code).toBe(0);
    expect(await runs(url, data)).toBe('2.0.0');
  });

  it.each([
    ['no', `no${enter}`],
    ['Enter', enter],
  ])('is not flashed after %s', async (_, keys) => {
    const { url, data } = await simulate();
    const flash = startAtTerminal(['firmware', 'flash', url, update, '--data', data]);
    await flash.said('type yes and Enter');
    flash.type(keys);
    const { code, stdout } = await flash.ended;
    expect(stdout).toContain('Not flashed');
    expect(code).toBe(5);
    expect(await runs(url, data)).toBe('1.9.9');
  });

  it('is not flashed after Ctrl-C, and that ends the program', async () => {
    const { url, data } = await simulate();
    const flash = startAtTerminal(['firmware', 'flash', url, update, '--data', data]);
    await flash.said('type yes and Enter');
    flash.type(ctrlC);
    expect((await flash.ended).code).toBe(5);
    expect(await runs(url, data)).toBe('1.9.9');
  });
});

describe.runIf(atTerminal)('whether it is the same terminal', () => {
  const asked = async () => {
    const { url, data } = await simulate();
    const told = ['--profile', 'zephyr-generic', '--data', data, '--yes'];
    const flash = startAtTerminal(['firmware', 'flash', url, update, ...told]);
    await flash.said('Type yes or no and Enter');
    return flash;
  };

  it('said yes, is confirmed', async () => {
    const flash = await asked();
    flash.type(`yes${enter}`);
    const { code, stdout } = await flash.ended;
    expect(stdout).toContain('2.0.0');
    expect(code).toBe(0);
  });

  it('said no, is not', async () => {
    const flash = await asked();
    flash.type(`no${enter}`);
    expect((await flash.ended).code).toBe(5);
  });

  it('is asked again after anything else', async () => {
    const flash = await asked();
    flash.type(`perhaps${enter}`);
    await flash.said(/Type yes or no and Enter[^]*Type yes or no and Enter/);
    flash.type(`yes${enter}`);
    expect((await flash.ended).code).toBe(0);
  });

  it('left open with Ctrl-C, is not', async () => {
    const flash = await asked();
    flash.type(ctrlC);
    const { code, stdout } = await flash.ended;
    expect(stdout).toContain('No answer: nothing is confirmed');
    expect(stdout).toContain('2.0.0, not confirmed');
    expect(code).toBe(5);
  });
});

describe.runIf(atTerminal)('a case', () => {
  it.each([
    ['yes', /Signed by 王芳/, 0],
    ['no', /Not signed/, 5],
  ])('is shown, and after %s comes to what was said', async (answer, said, exit) => {
    const data = temporaryFolder();
    const records = await openRecords({ dataFolder: data });
    await openedCase(records);
    await records.close();
    const sign = startAtTerminal(['case', 'sign', 'last', '王芳', '--data', data]);
    expect(await sign.said('type yes and Enter')).toContain('Outcome: ');
    sign.type(`${answer}${enter}`);
    const { code, stdout } = await sign.ended;
    expect(stdout).toMatch(said);
    expect(code).toBe(exit);
  });
});
