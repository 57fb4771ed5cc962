/** Seal, scanner, printer, loudspeaker, phone: healthy values, and every condition of theirs. */
import type { Answers } from '../../native-bridge/contract/diagnosis.ts';
import type { ReadingName, ReadingValue } from '../../native-bridge/contract/reading.ts';
import type { ConditionId } from '../../native-bridge/diagnosis/rules/index.ts';
import { loopTest, misses, type LoopParts } from './loop-tests.ts';
import { one, told, type Scenario } from './scenario.ts';
import type { Bench } from './terminal.ts';

export const hardwareValues: Readonly<Partial<Record<ReadingName, ReadingValue>>> = {
  'firmware.securityPatch': '2026-03-05',
  'storage.freeBytes': 4_100_000_000,
  'scanner.appEnabled': true,
  'payment.appInstalled': true,
  'payment.appEnabled': true,
  'payment.appVersion': '3.4.17',
  'device.managedBy': '',
  'device.tampered': false,
  'scanner.selfTest': 'ok',
  'scanner.firmware': '1.14',
  'scanner.decodeMs': 160,
  'printer.state': 'ready',
  'speaker.volumePercent': 80,
  'speaker.online': true,
};

/** Key, the reading from the same place, what it should be. */
export const hardwareSettings: readonly (readonly [string, ReadingName | null, string])[] = [
  ['scanner.inverse', null, '1'],
  ['snd/volume', 'speaker.volumePercent', '80'],
];

export const hardwareAnswers: Answers = { 'phone-announcement': 'speaks' };

/** The merchant scans the payer, whose code no terminal shows. */
export const scansPayers = (bench: Bench): Bench =>
  bench.set({ 'qr.presented': 'customer', 'qr.payload': '' });

const scanning =
  (make: (bench: Bench) => unknown) =>
  (bench: Bench): unknown =>
    make(scansPayers(bench));

/** The scanner test of this visit found it. */
const looped = (parts: LoopParts) =>
  scanning((b) => {
    b.scannerTests = [loopTest(parts)];
  });

export const hardwareScenarios: readonly Scenario[] = [
  one('tampered', 'tamper', 0, '1 2', (b) => b.set({ 'device.tampered': true })),
  one('storage-full', 'system-version', 14, '1 2 4', (b) =>
    b.set({ 'storage.freeBytes': 40_000_000 }),
  ),
  one(
    'scanner-app-disabled',
    'scanner',
    13,
    '1',
    scanning((b) => b.set({ 'scanner.appEnabled': false })),
  ),
  one(
    'scanner-dead',
    'scanner',
    13,
    '1',
    scanning((b) => b.set({ 'scanner.selfTest': 'failed (no answer)' })),
  ),
  one(
    'scanner-failed',
    'scanner',
    13,
    '1',
    scanning((b) => b.set({ 'scanner.selfTest': 'failed (illumination)' })),
  ),
  one(
    'scanner-slow',
    'scanner',
    13,
    '1',
    scanning((b) => b.set({ 'scanner.decodeMs': 1_280 })),
  ),
  one('scanner-window', 'scanner', 13, '1', looped({ missed: misses.dirty })),
  one('scanner-no-correction', 'scanner', 13, '1', looped({ missed: misses.damaged })),
  one('scanner-light', 'scanner', 13, '1', looped({ missed: misses.faint })),
  one('scanner-inverted', 'scanner', 13, '1', looped({ missed: misses.inverted })),
  one('scanner-form', 'scanner', 13, '1', looped({ missed: misses.formed })),
  one('scanner-unsteady', 'scanner', 13, '1', looped({ missed: misses.plain })),
  one('scanner-reads-nothing', 'scanner', 13, '1', looped({ missed: misses.all })),
  one(
    'scanner-setting',
    'scanner',
    13,
    '1',
    scanning((b) => b.current.set('scanner.inverse', '0')),
  ),
  one('printer-paper-out', 'printer', 15, '4', (b) => b.set({ 'printer.state': 'paper-out' })),
  one('printer-lid-open', 'printer', 15, '4', (b) => b.set({ 'printer.state': 'lid-open' })),
  one('printer-overheated', 'printer', 15, '4', (b) => b.set({ 'printer.state': 'overheated' })),
  one('printer-failed', 'printer', 15, '4', (b) => b.set({ 'printer.state': 'cutter jammed' })),
  one('sound-quiet', 'sound-device', 15, '4', (b) => b.set({ 'speaker.volumePercent': 0 })),
  one('sound-offline', 'sound-device', 15, '4', (b) => b.set({ 'speaker.online': false })),
  one('sound-dead', 'sound-device', 15, '4', (b) => told(b, 'sound-keys', 'silent')),
  one('sound-not-bound', 'sound-device', 9, '3 4', (b) => told(b, 'sound-page', 'other')),
  one('sound-wallets-off', 'sound-device', 15, '4', (b) => told(b, 'sound-page', 'wallets')),
  one('phone-muted', 'announcement', 15, '4', (b) => told(b, 'phone-announcement', 'muted')),
  one('phone-permission', 'announcement', 15, '4', (b) =>
    told(b, 'phone-announcement', 'permission'),
  ),
  one('phone-app-killed', 'announcement', 15, '4', (b) => told(b, 'phone-announcement', 'killed')),
  one('phone-other-account', 'announcement', 15, '4', (b) =>
    told(b, 'phone-announcement', 'account'),
  ),
];

export const hardwareWarnings: readonly Scenario[] = [
  one(
    'scanner-sluggish',
    'scanner',
    13,
    '',
    scanning((b) => b.set({ 'scanner.decodeMs': 620 })),
  ),
  one('scanner-misses-some', 'scanner', 13, '', looped({ missed: misses.small })),
  one('scanner-alters', 'scanner', 13, '', looped({ altered: true })),
  one('version-patch-old', 'system-version', 14, '', (b) =>
    b.set({ 'firmware.securityPatch': '2022-03-05' }),
  ),
  one('payment-app-asleep', 'acquirer-apps', 14, '', (b) =>
    b.set({ 'payment.appKeptAwake': false }),
  ),
  one('version-managed', 'system-version', 14, '', (b) =>
    b.set({ 'device.managedBy': 'tms.otherpay.test' }),
  ),
];

/** Announcements come over the network. */
const silencing: readonly ConditionId[] = [
  'wifi-not-joined',
  'wifi-wrong-network',
  'wifi-poor',
  'wifi-portal',
  'network-link-down',
  'network-no-address',
  'network-no-gateway',
  'network-dns-silent',
];
export const hardwareExplained: readonly (readonly [cause: ConditionId, gone: ConditionId])[] =
  silencing.map((cause) => [cause, 'sound-offline'] as const);
