/** Cases as a visit leaves them, for the reports: made with the real diagnosis. */
import { readFileSync } from 'node:fs';
import type { CaseEvent, CaseRecord } from '../../native-bridge/contract/case.ts';
import type { Diagnosis, Symptom } from '../../native-bridge/contract/diagnosis.ts';
import type { EvidenceSubject } from '../../native-bridge/contract/evidence.ts';
import type { ImageInspection } from '../../native-bridge/contract/image.ts';
import type { Identity } from '../../native-bridge/contract/terminal.ts';
import {
  anyParts,
  changedChecks,
  runPlaybook,
  wayOf,
  withoutTerminal,
  type CheckInput,
} from '../../native-bridge/diagnosis/index.ts';
import { cardsFor, supportCard } from '../../native-bridge/diagnosis/knowledge/index.ts';
import type { PhotoSources } from '../../native-bridge/records/report/photo-source.ts';
import { shippedKnowledge } from '../../native-bridge/terminals/knowledge.ts';
import { fixture } from '../pictures/support.ts';
import { Bench, merchant, payload } from '../diagnosis/terminal.ts';

const caseId = '0197c5a2-1c00-7000-8000-000000000001';
const terminalId = '0197c5a2-1c00-7000-8000-0000000000aa';
const minute = (n: number): string => `2026-07-01T10:${String(n).padStart(2, '0')}:30.000Z`;

function diagnosis(
  bench: Bench,
  symptom: Symptom,
  atUtc: string,
  before: Diagnosis | null,
): Diagnosis {
  return concluded({ ...bench.input(symptom), atUtc }, before);
}

/** As an operation concludes it, with what is shipped of the trade's knowledge. */
function concluded(input: CheckInput, before: Diagnosis | null): Diagnosis {
  const { condition, ...judged } = runPlaybook(input);
  const cause = judged.findings.find(({ check }) => check === judged.cause);
  const knowledge = shippedKnowledge();
  return {
    caseId,
    terminalId,
    symptom: input.symptom,
    atUtc: input.atUtc,
    ...judged,
    support: supportCard(cause?.remedy?.who ?? null, condition, knowledge),
    cards: cardsFor(condition, wayOf(input), knowledge),
    answers: input.answers,
    routine: null,
    changed: changedChecks(before?.findings ?? null, judged.findings),
  };
}

const readings = (bench: Bench, atUtc: string): CaseEvent => ({
  kind: 'readings',
  atUtc,
  readings: [...bench.input('S3').readings.values()].map((reading) => ({ ...reading, atUtc })),
});

const image: ImageInspection = {
  format: 'mcuboot',
  verdict: 'good',
  faults: [],
  sizeBytes: 182_316,
  fileSha256: '5e36b3a0f1c2d4e5968778695a4b3c2d1e0ff0e1d2c3b4a5968778695a4b3a48',
  version: '2.1.0',
  imageHash: '9a01b3a0f1c2d4e5968778695a4b3c2d1e0ff0e1d2c3b4a5968778695a4b3c11',
  hashAlgorithm: 'sha256',
  signature: { algorithm: 'ecdsa-p256', state: 'valid', keyName: 'training', keyHash: null },
  securityCounter: null,
  dependencies: [],
  headerSizeBytes: 512,
  payloadSizeBytes: 181_500,
  loadAddress: 0,
  flags: [],
  tlvs: [],
};

const identity: Identity = {
  serialNumber: 'CB2025030017',
  basis: 'serial-number',
  model: 'CB-200',
  hardware: 'posbench_codebox rev C',
  firmwareVersion: '2.1.0',
  firmwareHash: image.imageHash,
};

function record(symptom: Symptom | null, events: CaseEvent[]): CaseRecord {
  return {
    id: caseId,
    terminalId,
    openedUtc: minute(20),
    closedUtc: minute(29),
    portUrl: 'serial:///dev/ttyUSB0?baud=115200',
    profile: 'training-codebox',
    identity,
    merchant: merchant.name,
    symptom,
    cause: null,
    flashVerdict: null,
    flashCorrected: false,
    nextVisitUtc: null,
    ticket: null,
    signedUtc: null,
    events,
  };
}

/** Another merchant's number, put right; old firmware, flashed and proven. */
export function putRight(): CaseRecord {
  const foreign = payload({ number: merchant.otherNumber, name: '老李水果店' });
  const sick = new Bench().set({
    'payment.merchantNumber': merchant.otherNumber,
    'payment.merchantName': '老李水果店',
    'qr.payload': foreign,
    'firmware.version': '1.8.0',
    'battery.levelPercent': 19,
  });
  const well = new Bench().set({ 'battery.levelPercent': 19, 'battery.charging': true });
  const before = diagnosis(sick, 'S3', minute(21), null);
  const change = (key: string, from: string, to: string) => {
    return { key, before: from, after: to, readBack: to, secret: false, verified: true };
  };
  return record('S3', [
    readings(sick, minute(21)),
    { kind: 'diagnosis', atUtc: minute(21), diagnosis: before },
    {
      kind: 'correction',
      atUtc: minute(23),
      correction: {
        id: 'c1',
        caseId,
        terminalId,
        atUtc: minute(23),
        outcome: 'applied',
        restartNeeded: false,
        changes: [
          change('payment.merchantNumber', merchant.otherNumber, merchant.number),
          change('payment.merchantName', '老李水果店', merchant.name),
          {
            key: 'wifi.password',
            before: null,
            after: null,
            readBack: null,
            secret: true,
            verified: true,
          },
        ],
      },
    },
    { kind: 'image', atUtc: minute(24), image },
    {
      kind: 'flash',
      atUtc: minute(26),
      flash: {
        caseId,
        terminalId,
        verdict: 'done',
        fromVersion: '1.8.0',
        toVersion: '2.1.0',
        runningVersion: '2.1.0',
        runningHash: image.imageHash,
        confirmed: true,
        fault: null,
        failedPhase: null,
        state: {
          key: 'flash_state_done',
          facts: { version: '2.1.0', hash: image.imageHash ?? '' },
        },
        next: { key: 'flash_next_test_payment', facts: {} },
        allowed: [],
        settings: null,
        corrects: false,
        fileSha256: null,
        durationMs: 71_400,
        sentBytes: 182_316,
      },
    },
    readings(well, minute(28)),
    { kind: 'diagnosis', atUtc: minute(28), diagnosis: diagnosis(well, 'S3', minute(28), before) },
    { kind: 'note', atUtc: minute(29), text: '试收一笔 0.01 元,到账。' },
    { kind: 'ticket', atUtc: minute(29), number: 'GD20260701-118' },
    text('bill', '收款方全称:老李水果店\n商户单号 4200001234202607011234567890', minute(22)),
    photo('bill', 'IMG_0113.JPG', 'p1', minute(22)),
    photo('code-plate', '码牌.png', 'p2', minute(22)),
    photo('slip', 'slip.jpg', 'p3', minute(22)),
  ]);
}

const text = (subject: EvidenceSubject, said: string, atUtc: string): CaseEvent => ({
  kind: 'evidence',
  atUtc,
  evidence: { id: `t ${subject}`, subject, form: 'text', text: said },
});

const photo = (subject: EvidenceSubject, name: string, id: string, atUtc: string): CaseEvent => ({
  kind: 'evidence',
  atUtc,
  evidence: {
    id,
    subject,
    form: 'photo',
    photo: {
      name,
      mediaType: 'image/png',
      sha256: '5e36b3a0f1c2d4e5968778695a4b3c2d1e0ff0e1d2c3b4a5968778695a4b3a48',
      sizeBytes: 266,
      widthPixels: 264,
      heightPixels: 264,
    },
  },
});

/** One of each that a report can meet. */
export const photos: PhotoSources = new Map([
  ['p1', { kind: 'inline', bytes: readFileSync(fixture('no-code.png')) }],
  ['p2', { kind: 'file', path: 'photos/02-code-plate.png' }],
  ['p3', { kind: 'lost' }],
]);

/** Everything that could go otherwise, from a device that writes what it likes. */
export function stillOpen(): CaseRecord {
  const evil = '<script>alert(1)</script>\u202e\u001b[31m"\'&';
  const bench = new Bench().set({
    'payment.merchantName': evil,
    'wifi.captivePortal': true,
    'network.paymentHostReached': 'portal',
    'network.dnsAnswers': false,
    'qr.payload': 'https://evil.test/"><img src=x onerror=alert(2)>',
  });
  bench.unread.add('battery.levelPercent');
  bench.answers = {};
  const base = record('S4', [
    { kind: 'diagnosis', atUtc: minute(21), diagnosis: diagnosis(bench, 'S4', minute(21), null) },
    {
      kind: 'correction',
      atUtc: minute(22),
      correction: {
        id: 'c1',
        caseId,
        terminalId,
        atUtc: minute(22),
        outcome: 'reverted',
        restartNeeded: true,
        changes: [
          {
            key: '<b>key</b>',
            before: evil,
            after: 'x',
            readBack: evil,
            secret: false,
            verified: false,
          },
        ],
      },
    },
    {
      kind: 'flash',
      atUtc: minute(26),
      flash: {
        caseId,
        terminalId,
        verdict: 'reverted',
        fromVersion: null,
        toVersion: '2.1.0',
        runningVersion: '1.8.0',
        runningHash: null,
        confirmed: true,
        fault: {
          code: 'reply-timeout',
          facts: { command: 'image state', timeoutMs: 2500 },
          trace: [],
        },
        failedPhase: 'reidentify',
        state: { key: 'flash_state_reverted', facts: { version: '1.8.0' } },
        next: { key: 'flash_next_vendor', facts: {} },
        allowed: ['image-older'],
        settings: null,
        corrects: false,
        fileSha256: null,
        durationMs: 132_000,
        sentBytes: 180_000,
      },
    },
    { kind: 'note', atUtc: minute(27), text: `first line\n${evil}\n`.repeat(3) },
    { kind: 'ticket', atUtc: minute(27), number: evil },
    text('screen', evil, minute(27)),
    photo('other', evil, 'e1', minute(27)),
  ]);
  return {
    ...base,
    closedUtc: null,
    merchant: evil,
    identity: { ...identity, serialNumber: evil, basis: 'assumed', firmwareVersion: null },
  };
}

/** Silent past its deadline, found flashed at the next visit; settings lost, some put back. */
export function corrected(): CaseRecord {
  const hash = image.imageHash ?? '';
  const flash = {
    caseId,
    terminalId,
    fromVersion: '1.8.0',
    toVersion: '2.1.0',
    allowed: [],
    fileSha256: image.fileSha256,
    sentBytes: 182_316,
  };
  return record(null, [
    { kind: 'recording', atUtc: minute(20), file: '/home/li/recordings/2026-07-01-ttyUSB0.jsonl' },
    { kind: 'image', atUtc: minute(21), image },
    {
      kind: 'flash',
      atUtc: minute(25),
      flash: {
        ...flash,
        verdict: 'unknown',
        runningVersion: null,
        runningHash: null,
        confirmed: null,
        fault: { code: 'reply-timeout', facts: { command: 'echo', timeoutMs: 2500 }, trace: [] },
        failedPhase: 'restart',
        state: { key: 'flash_state_not_back', facts: { seconds: 180 } },
        next: { key: 'flash_next_wait', facts: {} },
        settings: null,
        corrects: false,
        durationMs: 251_000,
      },
    },
    {
      kind: 'flash',
      atUtc: minute(28),
      flash: {
        ...flash,
        verdict: 'not-trading',
        runningVersion: '2.1.0',
        runningHash: hash,
        confirmed: true,
        fault: null,
        failedPhase: null,
        state: {
          key: 'flash_state_not_trading',
          facts: { version: '2.1.0', hash: '9a01…3c11', steps: ['activation', 'sign-in'] },
        },
        next: { key: 'flash_next_after_flash', facts: {} },
        settings: {
          compared: 6,
          restored: ['payment.merchantName', 'wifi/ssid'],
          reenter: ['wifi.password'],
          failed: ['pay/<host>'],
          fault: null,
        },
        corrects: true,
        durationMs: 3_200,
      },
    },
  ]);
}

/** A shop whose name runs from right to left, with emoji; two further failures and much to ask. */
export function elsewhere(): CaseRecord {
  const bench = new Bench().set({
    'payment.merchantNumber': merchant.otherNumber,
    'payment.merchantName': 'مطعم الفانوس 👩‍🍳',
    'firmware.version': '1.8.0',
  });
  return {
    ...record('S3', [
      { kind: 'diagnosis', atUtc: minute(21), diagnosis: diagnosis(bench, 'S3', minute(21), null) },
      text('bill', 'لم يصل المبلغ 💸', minute(22)),
    ]),
    merchant: 'مطعم الفانوس الأحمر 👨‍👩‍👧 红灯笼',
  };
}

/** Without a terminal: a cause of the field's own that the acquirer acts on, and a card to leave. */
export function handedOn(): CaseRecord {
  const answers = { 'who-scans': 'payer', 'order-announced': 'not-sent' };
  const { model } = new Bench().input(null);
  const atUtc = minute(21);
  const input = withoutTerminal({ ...model, has: anyParts }, { symptom: 'S4', answers, atUtc });
  const told = { ...concluded(input, null), terminalId: null };
  return {
    ...record('S4', [{ kind: 'diagnosis', atUtc, diagnosis: told }]),
    terminalId: null,
    identity: null,
    portUrl: null,
    profile: null,
  };
}

/** Looked at and left. */
export const untouched = (): CaseRecord => record(null, []);
