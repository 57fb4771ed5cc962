/**
 * 3.2 QR generation: static or dynamic as agreed, and a displayed code whose content agrees with
 * the settings (qr-content.ts).
 */
import type { CheckInput } from '../input.ts';
import { look, observe, outcome, type Check, type Look, type Observation } from '../check.ts';
import { fromReadings, fromSetting } from '../evidence.ts';
import { compareSettings, expectedOf, settingsBehind, type Compared } from '../expected.ts';
import { modeWords } from '../mode-words.ts';
import { readQrPayload } from '../qr-payload.ts';
import { isMerchantUnknown } from '../response-code.ts';
import type { Seen } from '../seen.ts';
import { sentence } from '../../wording/index.ts';
import { contentFaults, paysThisShop } from './qr-content.ts';

export const qrMode: Check = {
  id: 'qr-mode',
  rung: 'qr-mode',
  needs: ['qr.mode', 'qr.payload', 'qr.presented'],
  also: [
    'payment.merchantNumber',
    'payment.merchantName',
    'payment.terminalNumber',
    'payment.lastResponseCode',
  ],
  needsSettings: true,
  look(input, seen) {
    const shows = input.model.has.qrDisplay;
    if (!shows) {
      return look({ otherwise: outcome('not-applicable', sentence('absent_qr_display', {})) });
    }
    const settings = compareSettings(input, 'qr-mode');
    const wrongKeys = settings.wrong.map(({ row }) => row.key);
    const customer = seen.text('qr.presented') === 'customer';
    const found = customer ? [] : codeFaults(input, seen, wrongKeys);
    const observations = [...found, ...settingFaults(input, settings.wrong, found)];
    const unreadSettings = settings.unread.map((row) => row.labels);
    if (customer) {
      const otherwise = outcome('pass', sentence('fine_qr_customer', {}), evidenceOf(input));
      return look({ observations, unreadSettings, otherwise });
    }
    const rest = unobserved(input, seen);
    return { ...rest, observations: [...observations, ...rest.observations], unreadSettings };
  },
};

function codeFaults(input: CheckInput, seen: Seen, wrongKeys: readonly string[]): Observation[] {
  const mode = seen.text('qr.mode');
  const expected = input.model.expected.qrMode ?? expectedOf(input, 'qr.mode');
  const found: Observation[] = [];
  if (mode !== null && expected !== null && mode !== expected) {
    found.push(
      observe(
        'qr-mode-wrong',
        { mode: modeWords(mode), expected: modeWords(expected) },
        { evidence: fromReadings(input, 'qr.mode'), settings: settingsBehind(input, 'qr.mode') },
      ),
    );
  }
  const context = { mode, wrongKeys, isMerchantUnknown: isMerchantUnknown(seen) };
  const text = seen.text('qr.payload');
  if (text !== null && text !== '') {
    found.push(...contentFaults(input, readQrPayload(text), context));
  }
  return found;
}

/** Other settings of the code; those whose effect is on the screen are said there. */
function settingFaults(
  input: CheckInput,
  wrong: readonly Compared[],
  found: readonly Observation[],
): Observation[] {
  const said = new Set(found.flatMap((o) => o.settings));
  return wrong
    .filter(({ row }) => !said.has(row.key))
    .map(({ row, reading, found: value, expected }) => {
      const facts = { setting: row.labels, found: value, expected };
      const backing = { evidence: fromSetting(input, row, reading), settings: [row.key] };
      return reading === 'qr.presented'
        ? observe('qr-presented-wrong', facts, backing)
        : observe('qr-setting-wrong', facts, backing);
    });
}

/** A code that does not say whom it pays is to be scanned where that matters (S3). */
function unobserved(input: CheckInput, seen: Seen): Look {
  const mode = seen.text('qr.mode');
  if (mode === null)
    return look({ otherwise: outcome('unknown', sentence('unread_no_source', {})) });
  const evidence = evidenceOf(input);
  const words = { mode: modeWords(mode) };
  const payload = seen.text('qr.payload');
  if (payload !== null && payload !== '' && paysThisShop(input, readQrPayload(payload))) {
    return look({ otherwise: outcome('pass', sentence('fine_qr_compared', words), evidence) });
  }
  if (input.symptom === 'S3' || input.answers['qr-payee'] !== undefined) {
    return look({
      otherwise: outcome('ask', sentence('ask_qr_payee', words), evidence),
      toldWell: sentence('fine_qr_compared', words),
    });
  }
  return look({ otherwise: outcome('pass', sentence('fine_qr_mode', words), evidence) });
}

const evidenceOf = (input: CheckInput) =>
  fromReadings(input, 'qr.mode', 'qr.presented', 'qr.payload');
