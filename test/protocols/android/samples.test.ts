/**
 * Real outputs of real terminals and phones, and what a person reads in them. The folder is not
 * part of this project: without it these tests are left out.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  androidDumps,
  decodeText,
  parseGetprop,
  parsePackageList,
  parseSettingsList,
  type AndroidDumpName,
} from '../../../native-bridge/protocols/android/index.ts';
import { samplesFolder } from '../../support/samples.ts';
import { sampleReadings } from './sample-readings.ts';

const folder = samplesFolder();
const android = join(folder ?? '', 'android');
const textOf = (file: string) => decodeText(readFileSync(join(android, file)));
const fieldsOf = (name: AndroidDumpName, file: string) =>
  Object.fromEntries(androidDumps[name].parse(textOf(file)));

describe.skipIf(folder === null)('a real output', () => {
  it.each(sampleReadings)('of %s is read as a person reads it: %s', (name, file, fields) => {
    const read = fieldsOf(name, file);
    if (fields === null) expect(new Set(Object.values(read))).toEqual(new Set([null]));
    else expect(read).toMatchObject(fields);
  });

  it.each([
    ['allwinner_projector_getprop.txt', 'Pixel 3', '14'],
    ['honor_20s_a10.txt', 'YAL-AL50', '10'],
    ['htc_evo_a22_getprop.txt', 'PC36100', '2.2'],
    ['huawei_matepad_a12_padded.txt', 'SCMR-W09', '12'],
    ['meizu_pro5_a70.txt', 'PRO 5', '7.0'],
    ['oppo_a5s_a81.txt', 'CPH1909', '8.1.0'],
    ['pixel_handsonmetal.txt', 'Pixel 8 Pro', '16'],
    ['pixel_sailfish_a10_getprop.txt', 'Pixel', '10'],
    ['redmi_note8pro_a11_mtk.txt', 'Redmi Note 8 Pro', '11'],
    ['samsung_a55_a15.txt', 'SM-A5560', '15'],
    ['samsung_s8_a9_crlf.txt', 'SM-G9500', '9'],
    ['samsung_tabs7p_a13.txt', 'SM-T970', '13'],
    ['smartisan_qc105_a712.txt', 'OC105', '7.1.2'],
    ['xiaomi_12sultra_a15_utf16.txt', '2203121C', '15'],
    ['xiaomi_mi9_a10.txt', 'MI 9', '10'],
  ])('of getprop names the model and the release: %s', (file, model, release) => {
    const properties = parseGetprop(textOf(`getprop/${file}`));
    expect(properties.get('ro.product.model')).toBe(model);
    expect(properties.get('ro.build.version.release')).toBe(release);
    const fingerprint =
      properties.get('ro.build.fingerprint') ?? properties.get('ro.system.build.fingerprint');
    expect(fingerprint).toMatch(/^\S+\/\S+\/\S+:[\d.]+\/\S+\/\S+:\w+\/[\w-]+$/);
  });

  it('of getprop has its value whole where a window broke the lines or the value has several', () => {
    const mi9 = parseGetprop(textOf('getprop/xiaomi_mi9_a10.txt'));
    expect(mi9.get('ro.build.fingerprint')).toBe(
      'Xiaomi/cepheus/cepheus:10/QKQ1.190716.003/9.8.22:user/release-keys',
    );
    const redmi = parseGetprop(textOf('getprop/redmi_note8pro_a11_mtk.txt'));
    expect(redmi.get('persist.sys.boot.reason.history')?.split('\n').length).toBeGreaterThan(2);
  });

  it.each([
    ['allwinner_projector_pm_list_f.txt', 132, 'com.android.systemui'],
    ['gwm_haval_packages.txt', 137, 'com.android.cts.priv.ctsshim'],
    ['pixel_sailfish_a10_package_names_from_dump.txt', 134, 'android'],
  ])('of pm lists every package: %s', (file, count, first) => {
    const packages = parsePackageList(textOf(`pm_list/${file}`));
    expect(packages?.length).toBe(count);
    expect(packages?.[0]?.name).toBe(first);
  });

  it('of settings has every key but those that are not set', () => {
    const global = textOf('settings/lineage_a5_a11_global.txt');
    const set = global.split('\n').filter((line) => line.includes('=') && !line.endsWith('=null'));
    expect(parseSettingsList(global).size).toBe(set.length);
    expect(
      parseSettingsList(textOf('settings/generic_console_system_31383968763.txt')).get(
        'dim_screen',
      ),
    ).toBe('1');
  });

  it('of every command that is read here is among these, or named as left out', () => {
    const rows = readFileSync(join(android, 'INDEX.tsv'), 'utf8').trim().split('\n').slice(1);
    const files = rows
      .map((row) => row.split('\t')[0] ?? '')
      .filter((file) => existsSync(join(android, file)));
    const leftOut =
      /^(?:misc|meminfo|batterystats|checkin|pos_identity|getprop|pm_list|settings)\//;
    const pinned = new Set(sampleReadings.map(([, file]) => file));
    expect(files.filter((file) => !leftOut.test(file) && !pinned.has(file))).toEqual([]);
  });
});
