/** A profile from elsewhere brings the key that vouches for its own factory packages. */
import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { quickFastboot, openStage, signer, type Stage } from './stage.ts';

const pem = createPublicKey(signer.certificatePem).export({ type: 'spki', format: 'pem' });

/** Connected with a profile that names the packages' signer. */
async function stageOfTheirs(): Promise<Stage> {
  const stage = await openStage();
  const path = join(stage.dataFolder, 'theirs.yaml');
  const indented = pem.toString().trim().replaceAll(/^/gm, '          ');
  const keys = `    keys:\n      - name: theirs\n        pem: |\n${indented}\n`;
  await writeFile(path, `${readFileSync(quickFastboot, 'utf8').trimEnd()}\n${keys}`);
  const { fileId: profileFileId } = await stage.bridge.registerFile(path);
  await stage.bridge.request('disconnect', { terminalId: stage.terminalId });
  const asked = { portUrl: stage.adbUrl, profileFileId };
  stage.terminalId = (await stage.bridge.request('connect', asked)).id;
  return stage;
}

it('which counts only once its fingerprint was accepted', async () => {
  const stage = await stageOfTheirs();
  const { image, blockers } = await stage.plan(undefined, false);
  expect(image.signature).toMatchObject({ state: 'valid', keyName: 'theirs' });
  expect(blockers).toMatchObject([
    { code: 'key-unaccepted', allowable: true, text: { facts: { key: 'theirs' } } },
  ]);
  await stage.bridge.request('trustKey', { key: { name: 'theirs', text: pem.toString() } });
  expect((await stage.plan(undefined, false)).blockers).toEqual([]);
});
