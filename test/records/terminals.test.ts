import { describe, expect, it, vi } from 'vitest';
import { assumed, identity, openFor, openedCase, temporaryFolder } from './support.ts';
import { upsertTerminal } from '../../native-bridge/records/store/terminals.ts';
import { memoryStore } from './memory-store.ts';

const port = 'serial:///dev/ttyUSB0?baud=115200';
const hashA = 'aa'.repeat(32);
const hashB = 'bb'.repeat(32);
const hashC = 'cc'.repeat(32);

describe('a terminal at every visit', () => {
  it('is the same by its serial number on whatever port', async () => {
    const records = await openFor(temporaryFolder());
    const first = await records.upsertTerminal(identity, port, 'code-box');
    const again = await records.upsertTerminal(identity, 'tcp://10.0.0.9:4000', 'code-box');
    expect(again.id).toBe(first.id);
  });

  it('is another one where another model has the same serial number', async () => {
    const records = await openFor(temporaryFolder());
    const first = await records.upsertTerminal(identity, port, 'code-box');
    const other = await records.upsertTerminal({ ...identity, model: 'N910' }, port, 'n910');
    expect(other.id).not.toBe(first.id);
  });

  it('is assumed to be the same on the same port while one slot keeps its image', async () => {
    const records = await openFor(temporaryFolder());
    const before = await records.upsertTerminal(assumed, port, 'generic', [hashA, hashB]);
    const flashed = { ...assumed, firmwareHash: hashC };
    const after = await records.upsertTerminal(flashed, port, 'generic', [hashC, hashA]);
    expect(after.id).toBe(before.id);
  });

  it('is a new one on the same port when no slot holds what it held', async () => {
    const records = await openFor(temporaryFolder());
    const before = await records.upsertTerminal(assumed, port, 'generic', [hashA]);
    const swapped = { ...assumed, firmwareHash: hashC };
    const after = await records.upsertTerminal(swapped, port, 'generic', [hashC]);
    expect(after.id).not.toBe(before.id);
  });

  it('is known again after a flash that was noted', async () => {
    const records = await openFor(temporaryFolder());
    const before = await records.upsertTerminal(assumed, port, 'generic', [hashA]);
    const flashed = { ...assumed, firmwareHash: hashC };
    await records.noteIdentity(before.id, flashed, [hashC]);
    const after = await records.upsertTerminal(flashed, port, 'generic', [hashC]);
    expect(after.id).toBe(before.id);
  });

  it('does not depend on the line speed in the address', async () => {
    const records = await openFor(temporaryFolder());
    const slow = await records.upsertTerminal(assumed, 'serial:///dev/ttyS0?baud=9600', 'generic');
    const fast = await records.upsertTerminal(
      assumed,
      'serial:///dev/ttyS0?baud=921600',
      'generic',
    );
    expect(fast.id).toBe(slow.id);
  });

  it('tells the cause that was found last', async () => {
    const records = await openFor(temporaryFolder());
    const { caseId, terminalId } = await openedCase(records);
    await records.appendEvent(caseId, {
      kind: 'diagnosis',
      atUtc: '2026-05-04T03:02:01.000Z',
      diagnosis: {
        caseId,
        terminalId,
        symptom: 'S3',
        atUtc: '2026-05-04T03:02:01.000Z',
        findings: [],
        cause: 'payment-settings',
        support: null,
        cards: [],
        questions: [],
        contradictions: [],
        answers: {},
        routine: null,
        changed: [],
      },
    });
    const again = await records.upsertTerminal(identity, port, 'code-box');
    expect(again.lastCause).toBe('payment-settings');
  });

  it('keeps the name the bench gave it', async () => {
    const records = await openFor(temporaryFolder());
    const { id } = await records.upsertTerminal(identity, port, 'code-box');
    await records.nameTerminal(id, 'Counter 2');
    expect((await records.upsertTerminal(identity, port, 'code-box')).nickname).toBe('Counter 2');
  });

  it('refuses a name for a terminal nobody met', async () => {
    const records = await openFor(temporaryFolder());
    await expect(records.nameTerminal('nobody', 'x')).rejects.toMatchObject({
      code: 'terminal-unknown',
      facts: { terminalId: 'nobody' },
    });
  });
});

describe('the visit before this one', () => {
  const clock = vi.fn<() => string>();
  const visit = async (store: Parameters<typeof upsertTerminal>[0], atUtc: string) => {
    clock.mockReturnValue(atUtc);
    return (await upsertTerminal(store, identity, port, 'code-box')).lastVisitUtc;
  };

  it('is null at the first, and minutes later still', async () => {
    const store = memoryStore(clock);
    expect(await visit(store, '2026-05-04T08:00:00.000Z')).toBeNull();
    expect(await visit(store, '2026-05-04T08:10:00.000Z')).toBeNull();
  });

  it('is the last contact of the day before', async () => {
    const store = memoryStore(clock);
    await visit(store, '2026-05-04T08:00:00.000Z');
    await visit(store, '2026-05-04T08:10:00.000Z');
    expect(await visit(store, '2026-05-05T09:00:00.000Z')).toBe('2026-05-04T08:10:00.000Z');
    expect(await visit(store, '2026-05-05T09:05:00.000Z')).toBe('2026-05-04T08:10:00.000Z');
  });
});
