import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import {
  recogniseBySmpInfo,
  recogniseByUsb,
  shippedProfile,
  shippedProfiles,
  useProfilesFolder,
} from '../../native-bridge/terminals/catalogue.ts';
import {
  checkMerchantFile,
  checkProfileFile,
  loadModel,
} from '../../native-bridge/terminals/choose-model.ts';
import { good } from './support.ts';

const shippedFolder = new URL('../../native-bridge/terminals/profiles/', import.meta.url);
const simulator = new URL('../../native-bridge/simulators/codebox/', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'pos-bench-profiles-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => useProfilesFolder(shippedFolder));

const files = readdirSync(shippedFolder).filter((name) => name.endsWith('.yaml'));
const write = (name: string, text: string | Uint8Array): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const codebox =
  'Zephyr codebox 7d1f3c20a4be 3.7.0 Tue Mar 11 arm cortex-m33 posbench_codebox Zephyr';

describe('shipped profiles', () => {
  test.each(files.filter((name) => !name.includes('merchant')))('%s is clean', async (name) => {
    const outcome = await checkProfileFile(new URL(name, shippedFolder).pathname);
    expect(outcome).toEqual({ name: name.replace('.yaml', ''), problems: [] });
  });

  test.each(files.filter((name) => name.includes('merchant')))('%s is clean', async (name) => {
    const { problems } = await checkMerchantFile(new URL(name, shippedFolder).pathname);
    expect(problems).toEqual([]);
  });

  test('the generic one is among them, with identity and firmware', () => {
    const generic = shippedProfile('zephyr-generic');
    expect([...generic.readings.keys()]).toEqual(
      expect.arrayContaining(['identity.model', 'firmware.version', 'firmware.activeHash']),
    );
    expect(generic.firmware?.signatureRequired).toBe(false);
  });

  test('the training box is what its data sheet says', () => {
    const sheet = readFileSync(new URL('README.md', simulator), 'utf8');
    const { settings, readings } = shippedProfile('training-codebox');
    const sources = [...settings, ...readings.values()].map(({ source }) => source);
    const named = sources.flatMap((source) => {
      if (source.from === 'smp-settings') return [`\`${source.key}\``];
      if (source.from === 'smp-statistics') return [`\`${source.group}\``, `\`${source.field}\``];
      return source.from === 'smp-shell' ? [source.argv.join(' ')] : [];
    });
    expect(named.filter((name) => !sheet.includes(name))).toEqual([]);
  });

  test('the training box takes the images that are shipped for it', () => {
    const key = readFileSync(new URL('firmware/training-key.pub.pem', simulator), 'utf8');
    expect(shippedProfile('training-codebox').firmware).toMatchObject({
      keys: [{ name: 'training', pem: key }],
      signatureRequired: true,
      admittedVersion: '2.0.0',
    });
  });

  test('the training merchant fits the training box', async () => {
    const model = await loadModel({
      profile: 'training-codebox',
      profileFile: null,
      merchantFile: new URL('training-merchant.yaml', shippedFolder).pathname,
    });
    expect(model.merchant).toBe('老王面馆');
    const unsaid = model.settings.filter(({ expected, secret }) => expected === null && !secret);
    expect(unsaid.map(({ key }) => key)).toEqual([]);
  });

  test.each([
    ['IPv4: -\r\n', 'network.address', ''],
    ['IPv4: 192.168.31.57/24\r\n', 'network.address', '192.168.31.57/24'],
    ['State: COMPLETED\r\nSecurity: WPA2-PSK\r\n', 'wifi.security', 'WPA2-PSK'],
    ['Host: h\r\nReached: yes\r\nSent: 10\r\n', 'network.paymentHostReached', 'yes'],
    ['Host: h\r\nReached: no (refused)\r\n', 'network.paymentHostReached', 'refused'],
    ['Host: h\r\nReached: no (no link)\r\n', 'network.paymentHostReached', 'no link'],
    ['Reached: no (dns)\r\n', 'network.largeRequestsPass', ''],
    ['Reached: yes\r\nLarge: 1/3\r\n', 'network.largeRequestsPass', 'false'],
    ['Reached: yes\r\nLarge: 3/3\r\n', 'network.largeRequestsPass', 'true'],
    ['State: SCANNING\r\nSSID: SHOP\r\n', 'wifi.security', ''],
    ['SIM: ready\r\nRegistration: home\r\nOperator: CMCC\r\n', 'cellular.operator', 'CMCC'],
    ['SIM: ready\r\nRegistration: searching\r\n', 'cellular.operator', ''],
    ['2026-03-11T09:14:02+08:00 (source: network)\r\n', 'clock.utc', '2026-03-11T09:14:02+08:00'],
    ['Mode: static\r\nPayload: 00020101\r\n', 'qr.payload', '00020101'],
    [
      'serial: X\r\nhardware: posbench_codebox rev C\r\n',
      'identity.hardware',
      'posbench_codebox rev C',
    ],
  ] as const)('the training box’s %j gives %s', (output, name, value) => {
    const reading = shippedProfile('training-codebox').readings.get(name);
    const raw =
      reading?.source.from === 'smp-shell' ? reading.source.pattern.firstGroup(output) : null;
    expect(reading?.map.get(raw ?? '') ?? raw).toBe(value);
  });
});

describe('recognition', () => {
  test('the info text names the model', () => {
    expect(recogniseBySmpInfo(codebox)).toBe('training-codebox');
  });

  test('a part of a longer word is not the model', () => {
    expect(recogniseBySmpInfo('Zephyr x posbench_codebox2 Zephyr')).toBe('zephyr-generic');
  });

  test('anything else that speaks SMP is generic, also where it has no info', () => {
    expect(recogniseBySmpInfo('Zephyr nrf52840dk')).toBe('zephyr-generic');
    expect(recogniseBySmpInfo('')).toBe('zephyr-generic');
  });

  test('an unknown USB device is nobody’s', () => {
    expect(recogniseByUsb({ vendorId: '1a86', productId: '7523', manufacturer: null })).toEqual([]);
    expect(recogniseByUsb({ vendorId: null, productId: null, manufacturer: null })).toEqual([]);
  });

  test('a vendor id alone may be enough, a product id narrows it', () => {
    write('box.yaml', good);
    write('any.yaml', good.replace('name: box', 'name: any').replace(', productId: 0100', ''));
    useProfilesFolder(pathToFileURL(`${folder}/`));
    expect(recogniseByUsb({ vendorId: '2fe3', productId: '0100', manufacturer: null })).toEqual([
      'any',
      'box',
    ]);
    expect(recogniseByUsb({ vendorId: '2fe3', productId: '0200', manufacturer: null })).toEqual([
      'any',
    ]);
  });

  test('where two match, the higher priority wins', () => {
    write('box.yaml', good);
    write('any.yaml', good.replace('name: box', 'name: any').replace('priority: 5', 'priority: 9'));
    useProfilesFolder(pathToFileURL(`${folder}/`));
    expect(shippedProfiles().map(({ name }) => name)).toEqual(['any', 'box']);
  });
});

describe('a profile of one’s own', () => {
  const none = { profile: null, profileFile: null, merchantFile: null };

  test('is loaded, and marked as not shipped', async () => {
    const model = await loadModel({ ...none, profileFile: write('own.yaml', good) });
    expect(model).toMatchObject({ name: 'box', shipped: false });
  });

  test('may extend a shipped one', async () => {
    const text = 'format: 1\nname: own\nextends: [training-codebox]\nmodel: Own\n';
    const model = await loadModel({ ...none, profileFile: write('own.yaml', text) });
    expect(model).toMatchObject({ model: 'Own', shipped: false });
    expect(model.readings.size).toBe(shippedProfile('training-codebox').readings.size);
  });

  test('is refused by its first problem, in both languages', async () => {
    const file = write('own.yaml', good.replace('baud: 9600', 'baud: fast'));
    await expect(loadModel({ ...none, profileFile: file })).rejects.toMatchObject({
      code: 'profile-invalid',
      facts: {
        file: 'own.yaml',
        line: 12,
        expected: 'a whole number from 300 to 4,000,000',
        'expected.zh-CN': '300 到 4,000,000 的整数',
        found: '"fast"',
        count: 1,
      },
    });
  });

  test('a merchant’s file that does not fit is refused as one', async () => {
    const merchantFile = write('m.yaml', 'format: 1\nmerchant: M\nsettings: { x.y: 1 }\n');
    await expect(
      loadModel({ ...none, profile: 'training-codebox', merchantFile }),
    ).rejects.toMatchObject({ code: 'merchant-invalid', facts: { file: 'm.yaml', line: 3 } });
  });

  test('an unknown name is missing', async () => {
    await expect(loadModel({ ...none, profile: 'nobody' })).rejects.toMatchObject({
      code: 'profile-missing',
      facts: { profile: 'nobody' },
    });
  });

  test('a missing file is missing, a folder is unreadable', async () => {
    const path = join(folder, 'none.yaml');
    await expect(checkProfileFile(path)).rejects.toMatchObject({ code: 'file-missing' });
    await expect(checkProfileFile(folder)).rejects.toMatchObject({ code: 'file-unreadable' });
  });

  test('a file of 10 MB is refused without being read', async () => {
    const file = write('huge.yaml', Buffer.alloc(10 * 1024 * 1024, 'a: b\n'));
    const started = performance.now();
    const { problems } = await checkProfileFile(file);
    expect(problems).toMatchObject([{ file: 'huge.yaml', line: 1, found: '> 131072 B' }]);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test('a device that never ends is unreadable', async () => {
    if (process.platform === 'win32') return;
    await expect(checkProfileFile('/dev/zero')).rejects.toMatchObject({ code: 'file-unreadable' });
  });
});

describe('the folder', () => {
  test('may stand elsewhere, as beside a bundle', () => {
    const elsewhere = join(folder, 'bundle profiles');
    cpSync(shippedFolder, elsewhere, { recursive: true });
    useProfilesFolder(pathToFileURL(`${elsewhere}/`));
    expect(shippedProfiles().map(({ name }) => name)).toContain('training-codebox');
  });

  test('a broken shipped profile is said to be one', () => {
    const broken = mkdtempSync(join(folder, 'broken-'));
    writeFileSync(join(broken, 'x.yaml'), 'format: 1\nname: x\n');
    useProfilesFolder(pathToFileURL(`${broken}/`));
    expect(() => shippedProfiles()).toThrow(expect.objectContaining({ code: 'profile-invalid' }));
  });
});
