/** Metadata of real updates. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseOtaMetadata } from '../../../native-bridge/firmware/ota/metadata.ts';
import { samplesFolder } from '../../support/samples.ts';

const folder = samplesFolder();

describe.skipIf(folder === null)('real metadata', () => {
  const read = (name: string) =>
    parseOtaMetadata(readFileSync(join(folder ?? '', 'ota', `${name}.txt`), 'utf8'));

  test.each([
    ['aioapp_t7_15_ab', 'AB', ['T7'], 1783320806, false],
    ['amlogic_q201_712_block', 'BLOCK', ['q201'], 1514568960, false],
    ['condor_n820_42_legacy', null, ['n820'], 1377181383, false],
    ['google_crosshatch_9_full_ab', 'AB', ['crosshatch'], 1560888029, false],
    ['mifi_none_values', 'FILE', [], null, false],
    ['oneplus_13r_a15_incremental_ab', 'AB', ['OP5D3BL1'], 1741953005, true],
    ['oppo_a5s_block', 'BLOCK', ['CPH1909'], 1583227826, false],
    ['redmi_fog_multi_device_ab', 'AB', ['fog', 'wind', 'rain'], 1664984464, false],
  ])('%s', (name, type, devices, timestampSeconds, isIncremental) => {
    const metadata = read(name);
    expect(metadata).toMatchObject({ type, devices, after: { timestampSeconds } });
    expect(metadata?.before !== null).toBe(isIncremental);
    expect(metadata?.wipes).toBe(false);
  });

  test('a payload’s place is read from a padded list', () => {
    expect(read('google_crosshatch_9_full_ab')?.propertyFiles.get('payload.bin')).toEqual({
      offsetBytes: 8342,
      sizeBytes: 1309748203,
    });
  });
});
