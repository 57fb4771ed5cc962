/** A correction never leaves the terminal half changed in silence, and its undo undoes it. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SmpMessage } from '../../native-bridge/protocols/smp/command.ts';
import { connectBox, openBench, type Bench } from '../support/bench.ts';
import { Codebox } from '../support/codebox.ts';
import { TappedLine } from '../support/tapped-line.ts';

const settings = 3;
const [tid, mid] = ['payment.terminalNumber', 'payment.merchantNumber'];

async function tapped(bench: Bench) {
  const { portUrl } = await bench.bridge.request('startTraining', { baud: 0 });
  const line = await TappedLine.to(portUrl);
  const { id } = await bench.bridge.request('connect', { portUrl: line.url });
  const current = async (key: string) => {
    const { rows } = await bench.bridge.request('readSettings', { terminalId: id });
    return rows.find((row) => row.key === key)?.current;
  };
  return { line, terminalId: id, current };
}

function isWrite({ header, body }: SmpMessage, name: string): boolean {
  const write = header.group === settings && header.id === 0 && header.operation === 'write';
  return write && body.get('name') === name;
}

describe('a correction', () => {
  it('puts back what was written where it cannot be made to last', async () => {
    const { bridge, ...bench } = await openBench();
    const { line, terminalId, current } = await tapped({ bridge, ...bench });
    const before = await current(tid);
    let saves = 0;
    // Only the first save is lost, with its repetitions.
    line.tap = ({ header }) =>
      header.group === settings && header.id === 3 && header.operation === 'write' && ++saves <= 3;
    const changes = [{ key: tid, value: '12345678' }];
    const correction = await bridge.request('applySettings', { terminalId, changes });
    expect(correction).toMatchObject({
      outcome: 'reverted',
      changes: [{ key: tid, before, readBack: before, verified: false }],
    });
    expect(await current(tid)).toBe(before);
  }, 30_000);

  it('that never reached the terminal puts the one before it back', async () => {
    const bench = await openBench();
    const { line, terminalId, current } = await tapped(bench);
    const before = await current(mid);
    line.tap = (request) => isWrite(request, 'pay/tid');
    const changes = [
      { key: mid, value: '898310048169999' },
      { key: tid, value: '12345678' },
    ];
    const { outcome } = await bench.bridge.request('applySettings', { terminalId, changes });
    expect(outcome).toBe('reverted');
    expect(await current(mid)).toBe(before);
  }, 30_000);

  it('of a secret that the terminal refuses has changed nothing', async () => {
    const { bridge, ...bench } = await openBench();
    const { terminal } = await connectBox({ bridge, ...bench });
    const changes = [{ key: 'wifi.password', value: 'short' }];
    const asked = { terminalId: terminal.id, changes };
    expect((await bridge.request('applySettings', asked)).outcome).toBe('reverted');
  });

  it('shows and verifies a merchant number that could be a card number', async () => {
    const { bridge, ...bench } = await openBench();
    const { terminal } = await connectBox({ bridge, ...bench });
    // American Express's test number: 15 digits, Luhn valid.
    const changes = [{ key: mid, value: '378282246310005' }];
    const asked = { terminalId: terminal.id, changes };
    expect(await bridge.request('applySettings', asked)).toMatchObject({
      outcome: 'applied',
      changes: [{ after: '378282246310005', readBack: '378282246310005' }],
    });
  });

  it('of one key twice is undone to its first value', async () => {
    const { bridge, ...bench } = await openBench();
    const { terminal } = await connectBox({ bridge, ...bench });
    const changes = ['11111111', '22222222'].map((value) => ({ key: tid, value }));
    const terminalId = terminal.id;
    const { changes: made } = await bridge.request('applySettings', { terminalId, changes });
    const undone = await bridge.request('undoCorrection', { terminalId });
    expect(undone.changes.at(-1)?.readBack).toBe(made[0]?.before);
  });

  it('lists a secret in its undo as not undone', async () => {
    const { bridge, ...bench } = await openBench();
    const { terminal } = await connectBox({ bridge, ...bench });
    const terminalId = terminal.id;
    const changes = [
      { key: 'wifi.password', value: 'another-password' },
      { key: tid, value: '12345678' },
    ];
    await bridge.request('applySettings', { terminalId, changes });
    const undone = await bridge.request('undoCorrection', { terminalId });
    expect(undone.changes.map(({ key, verified }) => [key, verified])).toEqual([
      [tid, true],
      ['wifi.password', false],
    ]);
  });

  it('cancelled before anything was written leaves no trace', async () => {
    const { bridge, ...bench } = await openBench();
    const { terminal } = await connectBox({ bridge, ...bench });
    const stop = new AbortController();
    const asked = { terminalId: terminal.id, changes: [{ key: tid, value: '12345678' }] };
    const applying = bridge.request('applySettings', asked, {
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(applying).rejects.toMatchObject({ fault: { code: 'cancelled' } });
    const { cases } = await bridge.request('listCases', {});
    const { events } = await bridge.request('getCase', { caseId: cases[0]?.id ?? '' });
    expect(events.filter(({ kind }) => kind === 'correction')).toEqual([]);
  });

  it('is not written to another terminal that was plugged into the line', async () => {
    const bench = await openBench();
    const { line, terminalId } = await tapped(bench);
    const other = await Codebox.start('--serial-number', 'CB2025039999');
    onTestFinished(() => other.close());
    line.replug(other.url);
    const changes = [{ key: tid, value: '12345678' }];
    await expect(
      bench.bridge.request('applySettings', { terminalId, changes }),
    ).rejects.toMatchObject({
      fault: { code: 'terminal-replaced', facts: { found: 'CB2025039999' } },
    });
  });
});
