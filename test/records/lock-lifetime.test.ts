import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { openDatabase } from '../../native-bridge/records/sqlite.ts';
import { openFor, temporaryFolder } from './support.ts';

// It waits for real deadlines.
vi.setConfig({ testTimeout: 60_000 });

it('a lock that came after its caller had given up is given back', async () => {
  const folder = temporaryFolder();
  const slow = await openFor(folder, { timeoutMs: 5000 });
  const other = openDatabase(join(folder, 'records.db'), 1000);
  other.exec('BEGIN IMMEDIATE');
  // Each waits 3,000 ms for the database, so the lock's turn comes when its caller is gone.
  const writes = [1, 2].map((n) => slow.setPreference('a', String(n)));
  const locked = slow.acquire('terminal 1');
  const ends = await Promise.allSettled([...writes, locked]);
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  other.exec('ROLLBACK');
  other.close();
  await slow.getPreference('a');
  const again = await slow.acquire('terminal 1');
  await again.release();
});

it('a lock that is refused leaves the one that is held alone', async () => {
  const folder = temporaryFolder();
  const records = await openFor(folder);
  const held = await records.acquire('terminal 1');
  await expect(records.acquire('terminal 1')).rejects.toMatchObject({ code: 'terminal-owned' });
  const other = await openFor(folder);
  await expect(other.acquire('terminal 1')).rejects.toMatchObject({ code: 'terminal-owned' });
  await held.release();
});
