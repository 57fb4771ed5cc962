/**
 * 5.3 Validity: dynamic codes run out when recommended. A static counter code has no expiry and is
 * never swept away; which of the shown codes has expired, only a fresh one tells.
 */
import type { CheckInput } from '../input.ts';
import { look, observe, outcome, type Check, type Observation } from '../check.ts';
import { fromReadings } from '../evidence.ts';
import { compareSettings, settingsBehind } from '../expected.ts';
import { sentence } from '../../wording/index.ts';

export const qrValidity: Check = {
  id: 'qr-validity',
  rung: 'qr-validity',
  needs: ['qr.validitySeconds'],
  also: ['qr.mode', 'qr.presented'],
  needsSettings: true,
  look(input, seen) {
    if (!input.model.has.qrDisplay) {
      return look({ otherwise: outcome('not-applicable', sentence('absent_qr_display', {})) });
    }
    if (seen.peek('qr.presented') === 'customer') {
      return look({ otherwise: outcome('not-applicable', sentence('absent_validity', {})) });
    }
    const validitySeconds = seen.number('qr.validitySeconds');
    if (seen.peek('qr.mode') === 'static') {
      const evidence = fromReadings(input, 'qr.mode');
      return look({ otherwise: outcome('pass', sentence('fine_validity_static', {}), evidence) });
    }
    const unreadSettings = compareSettings(input, 'qr-validity').unread.map((row) => row.labels);
    const observations = validitySeconds === null ? [] : faults(input, validitySeconds);
    return { ...unobserved(input, validitySeconds), observations, unreadSettings };
  },
};

function faults(input: CheckInput, validitySeconds: number): Observation[] {
  const { qrMinValiditySeconds, qrMaxValiditySeconds } = input.model.thresholds;
  const backing = {
    evidence: fromReadings(input, 'qr.validitySeconds'),
    settings: settingsBehind(input, 'qr.validitySeconds'),
  };
  if (validitySeconds < qrMinValiditySeconds) {
    const facts = { validitySeconds, limitSeconds: qrMinValiditySeconds };
    return [observe('qr-validity-short', facts, backing)];
  }
  if (validitySeconds > qrMaxValiditySeconds) {
    const facts = { validitySeconds, limitSeconds: qrMaxValiditySeconds };
    return [observe('qr-validity-long', facts, backing)];
  }
  return compareSettings(input, 'qr-validity').wrong.map(({ expected }) =>
    observe('qr-validity-unlike', { validitySeconds, expected }, backing),
  );
}

function unobserved(input: CheckInput, validitySeconds: number | null) {
  const evidence = fromReadings(input, 'qr.validitySeconds');
  const mayBeExpired = input.symptom === 'S1' || input.symptom === 'S2';
  if (mayBeExpired || validitySeconds === null) {
    return look({
      otherwise: outcome('ask', sentence('ask_code_age', {}), evidence),
      toldWell: sentence('fine_validity_fresh', {}),
      cleared: validitySeconds === null ? [] : ['qr-validity-short', 'qr-validity-long'],
    });
  }
  return look({
    otherwise: outcome('pass', sentence('fine_validity', { validitySeconds }), evidence),
  });
}
