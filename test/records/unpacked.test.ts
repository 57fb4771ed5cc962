/** Images that a killed flash left unpacked. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { unpackedFolder } from '../../native-bridge/records/unpacked.ts';
import { identity, openFor, temporaryFolder } from './support.ts';

function leave(dataFolder: string, terminalId: string): string {
  const folder = unpackedFolder(dataFolder, terminalId);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '0.img'), 'image');
  return folder;
}

it('they are gone after the next opening, but for those of a terminal that somebody works on', async () => {
  const dataFolder = temporaryFolder();
  const first = await openFor(dataFolder);
  const left = leave(dataFolder, 'left');
  const inUse = leave(dataFolder, 'in-use');
  const lock = await first.acquire('terminal in-use');
  const second = await openFor(dataFolder);
  expect([existsSync(left), existsSync(inUse)]).toEqual([false, true]);
  await lock.release();
  await second.close();
});

it('deleting a terminal’s history takes them too', async () => {
  const dataFolder = temporaryFolder();
  const records = await openFor(dataFolder);
  const who = { ...identity, serialNumber: 'SN-1' };
  const { id } = await records.upsertTerminal(who, 'tcp://127.0.0.1:7000', 'code-box');
  const folder = leave(dataFolder, id);
  await records.erase({ merchant: null, serialNumber: 'SN-1', beforeUtc: null });
  expect(existsSync(folder)).toBe(false);
});
