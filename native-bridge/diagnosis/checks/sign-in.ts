/**
 * Activated, parameters downloaded, main key present, signed in (激活, 参数下载, 主密钥, 签到): each needs the
 * one before it, so the first that is missing leads.
 */
import type { ReadingName } from '../../contract/reading.ts';
import type { ConditionId } from '../rules/index.ts';
import { look, observePlain, outcome, type Check, type Observation } from '../check.ts';
import { fromReadings } from '../evidence.ts';
import { sentence } from '../../wording/index.ts';

const steps = [
  ['device.activated', 'not-activated'],
  ['device.parametersLoaded', 'parameters-missing'],
  ['device.mainKeyLoaded', 'key-missing'],
  ['device.signedIn', 'sign-in-needed'],
] as const satisfies readonly (readonly [ReadingName, ConditionId])[];

const names = steps.map(([name]) => name);
/** ISO 8583 field 39: the acquirer wants a new sign-in, whatever the terminal holds. */
const signInAgain = '77';

export const signIn: Check = {
  id: 'sign-in',
  rung: 'sign-in',
  needs: [...names, 'payment.lastResponseCode'],
  also: [],
  needsSettings: false,
  look(input, seen) {
    const isRefused = seen.text('payment.lastResponseCode') === signInAgain;
    const code = isRefused ? fromReadings(input, 'payment.lastResponseCode') : [];
    const observations: Observation[] = [];
    for (const [name, condition] of steps) {
      const isMissing = seen.flag(name) === false;
      const isLast = condition === 'sign-in-needed';
      if (!isMissing && !(isLast && isRefused)) continue;
      const own = isMissing ? fromReadings(input, name) : [];
      const evidence = isLast ? [...own, ...code] : own;
      const agreement = isLast && isMissing && isRefused ? 1 : 0;
      observations.push(observePlain(condition, { evidence, agreement }));
    }
    const isKnown = names.some((name) => seen.offered(name));
    return look({
      observations,
      otherwise: isKnown
        ? outcome('pass', sentence('fine_signed_in', {}), fromReadings(input, ...names))
        : outcome('ask', sentence('ask_sign_in', {})),
      toldWell: sentence('fine_signed_in_told', {}),
    });
  },
};
