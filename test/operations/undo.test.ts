/** An undo refuses before it writes, and never writes over what somebody changed since. */
import { describe, expect, it } from 'vitest';
import { openBench, type Bench } from '../support/bench.ts';
import { byteTerminal, connectByteTerminal } from '../support/byte-terminal.ts';

const text = (value: string) => new TextEncoder().encode(value);

async function corrected() {
  const bench = await openBench();
  const terminal = await byteTerminal({ sn: text('B-1'), a: text('first'), b: text('b') });
  const { id: terminalId } = await connectByteTerminal(bench, terminal.url);
  const changes = [{ key: 'a.text', value: 'second' }];
  const made = await bench.bridge.request('applySettings', { terminalId, changes });
  terminal.written.length = 0;
  const undo = (correctionId: string | null = null, overwrite = false) =>
    bench.bridge.request('undoCorrection', { terminalId, correctionId, overwrite });
  return { ...terminal, bench, terminalId, made, undo };
}

async function connectOther(bench: Bench) {
  const { url } = await byteTerminal({ sn: text('B-2') });
  return await connectByteTerminal(bench, url);
}

const fault = (code: string, facts: object = {}) => ({ fault: { code, facts } });

describe('an undo', () => {
  it('of what is undone already is refused before anything is written', async () => {
    const { undo, made, written, values } = await corrected();
    await undo(made.id);
    values.set('a', text('third'));
    written.length = 0;
    await expect(undo(made.id)).rejects.toMatchObject(fault('already-undone'));
    expect(written).toEqual([]);
  });

  it.each(['by id', 'newest'])(
    'that races another (%s) is refused, and writes nothing',
    async (how) => {
      const { undo, made, written } = await corrected();
      const id = how === 'by id' ? made.id : null;
      const ends = await Promise.allSettled([undo(id), undo(id)]);
      expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      const refused = ends.find((end) => end.status === 'rejected');
      expect(refused?.reason).toMatchObject(fault('already-undone'));
      expect(written).toEqual(['a']);
    },
  );

  it('of an undo is refused before anything is written', async () => {
    const { undo, written } = await corrected();
    const undone = await undo();
    written.length = 0;
    await expect(undo(undone.id)).rejects.toMatchObject(fault('nothing-to-undo'));
    expect(written).toEqual([]);
  });

  it('leaves a setting that was given another value since, and says so', async () => {
    const { undo, made, values, written } = await corrected();
    values.set('a', text('by somebody else'));
    const facts = { key: 'a.text', expected: 'second', found: 'by somebody else' };
    await expect(undo(made.id)).rejects.toMatchObject(fault('setting-changed-since', facts));
    expect(written).toEqual([]);
    expect((await undo(made.id, true)).outcome).toBe('undone');
    expect(values.get('a')).toEqual(text('first'));
  });

  it('goes on where the value is back already', async () => {
    const { undo, values } = await corrected();
    values.set('a', text('first'));
    expect((await undo()).outcome).toBe('undone');
  });

  it('of a correction of another terminal is refused', async () => {
    const { bench, made } = await corrected();
    const other = await connectOther(bench);
    const asked = { terminalId: other.id, correctionId: made.id };
    const undoing = bench.bridge.request('undoCorrection', asked);
    await expect(undoing).rejects.toMatchObject(fault('nothing-to-undo'));
  });
});

it('a correction under another terminal’s case is refused before anything is written', async () => {
  const { bench, terminalId, written } = await corrected();
  const other = await connectOther(bench);
  const elsewhere = { terminalId: other.id, symptom: 'S1' as const };
  const { caseId } = await bench.bridge.request('diagnose', elsewhere);
  const changes = [{ key: 'a.text', value: 'third' }];
  const applying = bench.bridge.request('applySettings', { terminalId, caseId, changes });
  await expect(applying).rejects.toMatchObject(fault('case-unknown'));
  expect(written).toEqual([]);
});
