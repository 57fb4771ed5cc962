/** What a build has made of the shipped YAML files is what their YAML says. */
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { isBuildFresh } from '../../build/freshness.ts';
import { writeParsed } from '../../build/parsed-files.ts';
import { distFolder } from '../../build/paths.ts';
import { isShippedFile, readShipped } from '../../native-bridge/terminals/shipped-files.ts';
import { readShipped as readBuilt } from '../../native-bridge/terminals/shipped-files.built.ts';

const terminals = new URL('../../native-bridge/terminals/', import.meta.url);
const folders = ['profiles', 'knowledge'];

function parsedCopy(name: string): URL {
  const copy = mkdtempSync(join(tmpdir(), 'pos-bench-parsed-'));
  onTestFinished(() => rmSync(copy, { recursive: true }));
  cpSync(new URL(`${name}/`, terminals), copy, { recursive: true });
  return pathToFileURL(`${copy}/`);
}

test.each(folders)(
  'the parsed %s are what their YAML says, to the place of each key',
  async (name) => {
    const copy = parsedCopy(name);
    await writeParsed(fileURLToPath(copy));
    const written = readShipped(new URL(`${name}/`, terminals), 'profile-invalid');
    expect(written.length).toBeGreaterThan(3);
    expect(readBuilt(copy)).toEqual(written);
  },
);

test('of the YAML only the merchants’ files are left beside the parsed ones', async () => {
  const copy = parsedCopy('profiles');
  await writeParsed(fileURLToPath(copy));
  const left = readdirSync(copy);
  expect(left.filter(isShippedFile)).toEqual([]);
  expect(left).toContain('training-merchant.yaml');
});

// Before the programs are built there is nothing to hold.
test.runIf(await isBuildFresh())('the built programs carry them', () => {
  const built = pathToFileURL(`${join(distFolder, 'node')}/`);
  for (const name of folders) {
    const written = readShipped(new URL(`${name}/`, terminals), 'profile-invalid');
    expect(readBuilt(new URL(`${name}/`, built))).toEqual(written);
  }
});
