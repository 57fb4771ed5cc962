/** An update against a terminal: what recovery would refuse is said before. */
import { describe, expect, test } from 'vitest';
import type { OtaInspection } from '../../../native-bridge/firmware/ota/inspect-ota.ts';
import { judgeOta, type OtaTarget } from '../../../native-bridge/firmware/ota/judge-ota.ts';
import { parseOtaMetadata } from '../../../native-bridge/firmware/ota/metadata.ts';
import { flashAllowances } from '../../../native-bridge/contract/firmware.ts';
import { say } from '../../../native-bridge/wording/index.ts';
import { fullMetadata, metadataText } from '../../support/make-ota.ts';

const fingerprint = 'Acme/m1/M1:13/TQ3A.1/20260101:user/release-keys';
const terminal: OtaTarget = {
  devices: ['M1', 'm1_global'],
  serialNumber: 'SN1',
  fingerprint,
  incremental: '20260101',
  timestampSeconds: 1767225600,
  securityPatch: '2026-01-01',
  slotSuffix: '_a',
};

function judge(
  changes: Readonly<Record<string, string>> = {},
  target: Partial<OtaTarget> = {},
  more: Partial<OtaInspection> = {},
) {
  const metadata = parseOtaMetadata(metadataText({ ...fullMetadata, ...changes }));
  const ota = { faults: [], metadata, content: 'payload', ...more } as unknown as OtaInspection;
  const { blockers, warnings } = judgeOta(ota, { ...terminal, ...target });
  for (const { code, facts, allowable } of blockers) {
    const key = `blocker_${code.replaceAll('-', '_')}`;
    for (const locale of ['zh-CN', 'en'] as const) {
      expect(say({ key, facts }, locale)).not.toMatch(/\[|undefined|未说明|not given/);
    }
    if (allowable) expect(flashAllowances).toContain(code);
  }
  for (const { code, facts } of warnings) {
    const key = `warning_${code.replaceAll('-', '_')}`;
    expect(say({ key, facts }, 'en')).not.toMatch(/\[|undefined|not given/);
  }
  return { blockers: blockers.map(({ code }) => code), warnings: warnings.map(({ code }) => code) };
}

const back = { 'post-timestamp': '1735689600' };
const from = { 'pre-build': fingerprint, 'pre-build-incremental': '20260101' };

test('a newer full update for this model has nothing against it', () => {
  expect(judge()).toEqual({ blockers: [], warnings: [] });
});

test('the same build again may repair', () => {
  expect(judge({ 'post-timestamp': String(terminal.timestampSeconds) }).blockers).toEqual([]);
});

describe('a blocker stands against', () => {
  test.each<[string, string, Record<string, string>, Partial<OtaTarget>]>([
    ['another model', 'wrong-model', { 'pre-device': 'M2' }, {}],
    ['a model that only begins alike', 'wrong-model', { 'pre-device': 'M' }, {}],
    ['a terminal that names no model', 'wrong-model', {}, { devices: [] }],
    ['other serial numbers', 'ota-other-serial', { serialno: 'SN2|SN3' }, {}],
    ['a package that bricks', 'ota-bricks', { 'ota-type': 'BRICK' }, {}],
    ['a payload that calls itself otherwise', 'ota-type-wrong', { 'ota-type': 'BLOCK' }, {}],
    ['a payload that calls itself nothing', 'ota-type-wrong', { 'ota-type': 'None' }, {}],
    ['a payload without slots', 'ota-needs-slots', {}, { slotSuffix: '' }],
    ['a difference to another build', 'ota-other-build', from, { fingerprint: 'x' }],
    ['a difference to another increment', 'ota-other-build', from, { incremental: '2' }],
    ['a difference to an unknown build', 'ota-build-unknown', from, { fingerprint: null }],
    ['an older build', 'ota-older', back, {}],
    ['a declared downgrade from any build', 'ota-older', { ...back, 'ota-downgrade': 'yes' }, {}],
    [
      'a declared downgrade from this one',
      'ota-downgrade',
      { ...back, ...from, 'ota-downgrade': 'yes' },
      {},
    ],
    ['an update that wipes', 'ota-wipes', { 'ota-wipe': 'yes' }, {}],
  ])('%s', (_what, code, changes, target) => {
    expect(judge(changes, target).blockers).toEqual([code]);
  });

  test('a script for a terminal with slots', () => {
    expect(judge({}, {}, { content: 'script' }).blockers).toEqual(['ota-needs-no-slots']);
  });

  test('every fault of the package itself', () => {
    const faults = [{ code: 'image-unsigned', facts: {}, trace: [] }] as OtaInspection['faults'];
    expect(judge({}, {}, { faults, metadata: null }).blockers).toEqual(['image-refused']);
  });
});

test('a difference to this very build has nothing against it', () => {
  expect(judge(from)).toEqual({ blockers: [], warnings: [] });
});

test('one of several models is enough', () => {
  expect(judge({ 'pre-device': 'M0,m1_global' }).blockers).toEqual([]);
});

describe('a warning says', () => {
  test.each<[string, string, Record<string, string>, Partial<OtaTarget>]>([
    ['that no model is named', 'model-unproven', { 'pre-device': 'None' }, {}],
    ['that the age is unknown', 'ota-age-unknown', { 'post-timestamp': 'None' }, {}],
    ['that the terminal’s age is unknown', 'ota-age-unknown', {}, { timestampSeconds: null }],
    [
      'that the patch is older',
      'ota-patch-older',
      { 'post-security-patch-level': '2025-12-01' },
      {},
    ],
  ])('%s', (_what, code, changes, target) => {
    expect(judge(changes, target)).toEqual({ blockers: [], warnings: [code] });
  });
});
