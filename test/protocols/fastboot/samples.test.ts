/** Variables of real boot loaders, as the original client printed them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseVariableLines } from '../../../native-bridge/protocols/fastboot/variable-lines.ts';
import { readVariables } from '../../../native-bridge/protocols/fastboot/variables.ts';
import { samplesFolder } from '../../support/samples.ts';

const folder = samplesFolder();

describe.skipIf(folder === null)('a real boot loader', () => {
  function read(name: string) {
    const text = readFileSync(join(folder ?? '', 'fastboot', `${name}.txt`), 'utf8');
    const lines = parseVariableLines(text.trimEnd().split('\n'));
    return { unread: lines.unread, ...readVariables(lines) };
  }

  test('of Intel', () => {
    const said = read('intel_minnowboard_kernelflinger');
    expect(said).toMatchObject({
      unread: [],
      product: 'r2_cht_ffd_m',
      unlocked: true,
      secure: false,
      bootloaderVersion: null,
      maxDownloadBytes: 0x10000000,
      batteryMillivolts: null,
    });
    expect(said.partitions.size).toBe(16);
    expect(said.partitions.get('system_a')).toMatchObject({
      sizeBytes: 0xa0000000,
      hasSlot: false,
    });
  });

  test('of MediaTek', () => {
    const said = read('volla_phonex_mtk_2833_part');
    expect(said).toMatchObject({
      unread: [],
      batteryMillivolts: 4148,
      maxDownloadBytes: 0x8000000,
    });
    expect(said.partitions.get('userdata')?.sizeBytes).toBe(0xd416fbe00);
    expect(said.partitions.get('boot')?.type).toBe('raw data');
  });

  test('of Rockchip', () => {
    expect(read('rockchip_rk3229_uboot_part')).toMatchObject({
      unread: [],
      product: 'rk3229',
      bootloaderVersion: 'U-Boot 2017.09-gc277677',
      secure: true,
      unlocked: null,
      maxDownloadBytes: 0x4000000,
    });
  });

  test('of Samsung', () => {
    const said = read('samsung_tab_s7plus_treble1744_part');
    expect(said).toMatchObject({ unread: [], unlocked: true, variant: 'SM8 UFS', product: null });
    expect(said.partitions.get('pad')).toMatchObject({ type: 'raw', sizeBytes: 0x80000 });
  });

  test('of Xiaomi', () => {
    const said = read('xiaomi_sdm_150_part');
    expect(said).toMatchObject({ unread: [], batteryMillivolts: 4385, batteryEnough: true });
    expect(said.partitions.get('bk51')?.sizeBytes).toBe(0xba000);
  });

  test('of Motorola, where a log is split in mid-word, says no partition that is none', () => {
    expect(read('motorola_penangf_oem_responses').partitions.size).toBe(0);
  });
});
