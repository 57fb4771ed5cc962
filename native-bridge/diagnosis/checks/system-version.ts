/**
 * 2.3 System version: installed against the version that the acquirer admits for this model, which
 * is not always the newest. Where the profile names none, the technician is asked. Beside it how
 * old the security patches are, whether a management system would bring back what is changed, and
 * whether there is room to work in.
 */
import type { CheckInput } from '../input.ts';
import { look, observe, outcome, type Check, type Look, type Observation } from '../check.ts';
import { fromAnswer, fromReadings } from '../evidence.ts';
import type { Seen } from '../seen.ts';
import { compareVersions } from '../version-order.ts';
import { sentence } from '../../wording/index.ts';

export const systemVersion: Check = {
  id: 'system-version',
  rung: 'operation',
  needs: [
    'firmware.version',
    'firmware.confirmed',
    'firmware.pending',
    'firmware.securityPatch',
    'device.managedBy',
    'storage.freeBytes',
  ],
  also: ['storage.totalBytes'],
  needsSettings: false,
  look(input, seen) {
    const installed = seen.text('firmware.version');
    const beside = [
      ...trialFaults(input, seen, installed ?? ''),
      ...patchAge(input, seen),
      ...management(input, seen),
      ...storage(input, seen),
    ];
    if (installed === null || installed === '') {
      const otherwise = outcome('unknown', sentence('unread_no_source', {}));
      return look({ observations: beside, otherwise });
    }
    const admitted = input.model.firmware?.admittedVersion ?? null;
    const judged = admitted === null ? asked(input, installed) : held(input, installed, admitted);
    return { ...judged, observations: [...judged.observations, ...beside] };
  },
};

function held(input: CheckInput, installed: string, admitted: string): Look {
  const evidence = fromReadings(input, 'firmware.version');
  const otherwise = outcome('pass', sentence('fine_version', { installed }), evidence);
  const order = compareVersions(installed, admitted);
  if (order === 0) return look({ otherwise });
  const facts = { installed, admitted };
  return look({
    observations: [
      order !== null && order < 0
        ? observe('version-old', facts, { evidence })
        : observe('version-not-admitted', facts, { evidence }),
    ],
    otherwise,
  });
}

function asked(input: CheckInput, installed: string): Look {
  const evidence = fromReadings(input, 'firmware.version');
  const isRefused = input.answers['version-admitted'] === 'no';
  const answered = [...fromAnswer(input, 'version-admitted'), ...evidence];
  return look({
    observations: isRefused
      ? [observe('version-refused', { installed }, { evidence: answered })]
      : [],
    otherwise: outcome('ask', sentence('ask_version_admitted', { installed }), evidence),
    toldWell: sentence('fine_version_asked', { installed }),
  });
}

function trialFaults(input: CheckInput, seen: Seen, installed: string): Observation[] {
  const found: Observation[] = [];
  if (seen.flag('firmware.confirmed') === false) {
    const evidence = fromReadings(input, 'firmware.confirmed');
    found.push(observe('version-on-trial', { installed }, { evidence }));
  }
  if (seen.flag('firmware.pending') === true) {
    const evidence = fromReadings(input, 'firmware.pending');
    found.push(observe('version-pending', {}, { evidence }));
  }
  return found;
}

const dayMs = 86_400_000;

function patchAge(input: CheckInput, seen: Seen): Observation[] {
  const patchedUtc = seen.instant('firmware.securityPatch');
  if (patchedUtc === null) return [];
  const days = Math.floor((Date.parse(input.atUtc) - Date.parse(patchedUtc)) / dayMs);
  if (days < input.model.thresholds.patchWarnDays) return [];
  const evidence = fromReadings(input, 'firmware.securityPatch');
  return [observe('version-patch-old', { patched: patchedUtc.slice(0, 10) }, { evidence })];
}

function management(input: CheckInput, seen: Seen): Observation[] {
  const system = seen.text('device.managedBy');
  if (system === null || system === '') return [];
  const evidence = fromReadings(input, 'device.managedBy');
  return [observe('version-managed', { system }, { evidence })];
}

/** Below it Android stops installing and apps fail to write (StorageManager: 5 %, 500 MB at most). */
const lowBytes = 100_000_000;

function storage(input: CheckInput, seen: Seen): Observation[] {
  const freeBytes = seen.number('storage.freeBytes');
  if (freeBytes === null || freeBytes >= lowBytes) return [];
  const evidence = fromReadings(input, 'storage.freeBytes', 'storage.totalBytes');
  const freeMegabytes = Math.round(freeBytes / 1_000_000);
  return [observe('storage-full', { freeMegabytes }, { evidence })];
}
