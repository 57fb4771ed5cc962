import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Correction } from '../../native-bridge/contract/correction.ts';
import { atUtc, openFor, openedCase, temporaryFolder } from './support.ts';

function correction(id: string, ids: { caseId: string; terminalId: string }): Correction {
  const change = { before: '1', after: '2', readBack: '2', secret: false, verified: true };
  return {
    id,
    ...ids,
    atUtc,
    outcome: 'applied',
    changes: [{ key: 'qr/mode', ...change }],
    restartNeeded: false,
  };
}

describe('a correction to undo', () => {
  it('is the newest that was not undone', async () => {
    const records = await openFor(temporaryFolder());
    const ids = await openedCase(records);
    await records.saveCorrection(correction('a', ids));
    await records.saveCorrection({ ...correction('b', ids), atUtc: '2026-05-04T03:02:02.000Z' });
    expect((await records.latestUndoableCorrection(ids.terminalId))?.id).toBe('b');
    await records.markUndone('b');
    expect((await records.latestUndoableCorrection(ids.terminalId))?.id).toBe('a');
    await records.markUndone('a');
    expect(await records.latestUndoableCorrection(ids.terminalId)).toBeNull();
  });

  it('is never one that put everything back itself', async () => {
    const records = await openFor(temporaryFolder());
    const ids = await openedCase(records);
    await records.saveCorrection({ ...correction('a', ids), outcome: 'reverted' });
    await records.saveCorrection({ ...correction('b', ids), outcome: 'undone' });
    expect(await records.latestUndoableCorrection(ids.terminalId)).toBeNull();
  });

  it('is undone once', async () => {
    const records = await openFor(temporaryFolder());
    await records.saveCorrection(correction('a', await openedCase(records)));
    await records.markUndone('a');
    await expect(records.markUndone('a')).rejects.toMatchObject({ code: 'nothing-to-undo' });
  });

  it('needs a case of these records', async () => {
    const records = await openFor(temporaryFolder());
    const { terminalId } = await openedCase(records);
    const stray = correction('a', { terminalId, caseId: 'stray' });
    await expect(records.saveCorrection(stray)).rejects.toMatchObject({ code: 'case-unknown' });
    expect(await records.getCorrection('a')).toBeNull();
  });

  it('leaves no secret value in any file', async () => {
    const folder = temporaryFolder();
    const records = await openFor(folder);
    const ids = await openedCase(records);
    const secret = { before: 'hunter22', after: 'hunter23', readBack: null, secret: true };
    await records.saveCorrection({
      ...correction('a', ids),
      changes: [{ key: 'wifi/psk', ...secret, verified: true }],
    });
    expect(await records.getCorrection('a')).toMatchObject({
      changes: [{ key: 'wifi/psk', before: null, after: null, secret: true }],
    });
    for (const name of readdirSync(folder).filter((file) => file.startsWith('records.db'))) {
      expect(readFileSync(join(folder, name)).includes('hunter2')).toBe(false);
    }
  });
});
