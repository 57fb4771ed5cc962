/** What a payment code says, and how it stands to a terminal. */
import type { SettingRow } from '../contract/correction.ts';
import type { Params, Result } from '../contract/requests.ts';
import type { Reading, ReadingName } from '../contract/reading.ts';
import type { CheckInput } from '../diagnosis/index.ts';
import { compareQr, inspectQr as inspectText } from '../diagnosis/qr/index.ts';
import type { Context } from './context.ts';
import { takeReadings } from './readings/take-readings.ts';
import { settingRows } from './settings.ts';

/** What a code is compared with. */
const compared: readonly ReadingName[] = [
  'qr.mode',
  'payment.merchantNumber',
  'payment.merchantName',
  'payment.terminalNumber',
];

/** Throws `terminal-not-connected` and what the line throws; without a terminal nothing. */
export async function inspectQr(
  context: Context,
  { text, terminalId }: Params<'inspectQr'>,
  signal: AbortSignal,
): Promise<Result<'inspectQr'>> {
  const code = inspectText(text);
  if (terminalId === null) return { ...code, against: [] };
  return { ...code, against: compareQr(text, await inputOf(context, terminalId, signal)) };
}

async function inputOf(
  context: Context,
  terminalId: string,
  signal: AbortSignal,
): Promise<CheckInput> {
  const connection = context.connections.get(terminalId);
  const { profile } = connection;
  const detail = { key: 'activity_reading', facts: {} };
  const hold = await connection.use('read', 'reading', detail, signal);
  try {
    const { session } = connection;
    const settings: SettingRow[] = await settingRows(session, profile, signal);
    const readings = new Map<ReadingName, Reading>();
    const names = compared.filter((name) => profile.readings.has(name));
    for await (const reading of takeReadings(session, profile, names, signal)) {
      readings.set(reading.name, reading);
    }
    const atUtc = new Date().toISOString();
    return { symptom: 'S3', model: profile, readings, settings, answers: {}, atUtc };
  } finally {
    hold.release();
  }
}
