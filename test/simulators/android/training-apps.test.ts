/** The apps to practise with are whole APKs: by our own reader, and by Android's apksigner where it is. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { inspectApk } from '../../../native-bridge/firmware/apk/inspect-apk.ts';
import { DiskFile } from '../../../native-bridge/firmware/random-access.ts';
import { writeTrainingApps } from '../../../native-bridge/simulators/android/apk/training-apps.ts';
import { models } from '../../../native-bridge/simulators/android/models/index.ts';
import {
  modelNames,
  type ModelName,
} from '../../../native-bridge/simulators/android/models/model.ts';

const hasApksigner = spawnSync('apksigner', ['version']).status === 0;

function written(model: ModelName) {
  const folder = mkdtempSync(join(tmpdir(), 'pos-bench-apps-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return writeTrainingApps(models[model], folder);
}

async function inspect(path: string) {
  const file = await DiskFile.open(path);
  onTestFinished(() => file.close());
  const looking = inspectApk(file);
  for (;;) {
    const step = await looking.next();
    if (step.done === true) return step.value;
  }
}

describe.each(modelNames)('%s', (model) => {
  const { payment } = models[model].apps;

  test('only the damaged one is refused by what the file says of itself', async () => {
    const verdicts = [];
    for (const { kind, path } of written(model)) {
      const { verdict, manifest } = await inspect(path);
      verdicts.push([kind, verdict]);
      expect(manifest?.minSdkVersion).toBeLessThanOrEqual(models[model].firmware.sdk);
    }
    expect(verdicts).toEqual([
      ['update', 'good'],
      ['older', 'good'],
      ['stranger', 'good'],
      ['damaged', 'refused'],
      ['new', 'good'],
    ]);
  });

  test('the update is the delivered payment app’s, by another version alone', async () => {
    const [update] = written(model);
    const { manifest, signature } = await inspect(update?.path ?? '');
    expect(manifest?.packageName).toBe(payment.name);
    expect(manifest?.versionCode).toBeGreaterThan(payment.versionCode);
    expect(signature).toMatchObject({ state: 'valid', scheme: 2 });
  });

  test.skipIf(!hasApksigner)('apksigner says of each what we say', () => {
    for (const { kind, path } of written(model)) {
      const { status } = spawnSync('apksigner', ['verify', path]);
      expect([kind, status === 0]).toEqual([kind, kind !== 'damaged']);
    }
  });
});
