/** Makers and models as others wrote them down: each is taken by its maker's profile, or by the generic one. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { recogniseByAndroid } from '../../native-bridge/terminals/catalogue.ts';
import { samplesFolder } from '../support/samples.ts';

const folder = samplesFolder();

describe.skipIf(folder === null)('makers and models of terminals', () => {
  const file = join(folder ?? '', 'android/pos_identity/pos_manufacturer_model_strings.txt');
  const lines = folder === null ? [] : readFileSync(file, 'utf8').trim().split('\n');

  test.each(lines)('%s', (line) => {
    const [manufacturer = '', model = ''] = line.split('/');
    const properties = new Map([
      ['ro.build.version.release', '7.1.2'],
      ['ro.product.manufacturer', manufacturer],
      ['ro.product.model', model],
    ]);
    const expected = manufacturer === 'PAX' ? 'pax-android' : 'android-generic';
    expect(recogniseByAndroid(properties)).toBe(expected);
  });
});
