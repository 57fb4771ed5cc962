/** What a payment code says, typed or in a picture, and how it stands to a terminal. */
import type { SettingRow } from '../contract/correction.ts';
import type { Params, Result } from '../contract/requests.ts';
import { maxQrCharacters, type QrInspection } from '../contract/qr.ts';
import type { Reading, ReadingName } from '../contract/reading.ts';
import type { CheckInput } from '../diagnosis/index.ts';
import { compareQr, inspectQr as inspectText } from '../diagnosis/qr/index.ts';
import { inReadingOrder, openPicture, readCodes } from '../pictures/index.ts';
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
  return inspected(text, await inputOf(context, terminalId, signal));
}

/** Throws as `inspectQr` and PictureError. The picture is decoded before a terminal is asked. */
export async function inspectQrPicture(
  context: Context,
  { fileId, terminalId }: Params<'inspectQrPicture'>,
  signal: AbortSignal,
): Promise<Result<'inspectQrPicture'>> {
  const picture = await openPicture(context.files.path(fileId));
  const { name: file, kind, widthPixels, heightPixels } = picture;
  const found = inReadingOrder(await readCodes(picture, signal));
  const input = found.length === 0 ? null : await inputOf(context, terminalId, signal);
  const codes = found.map(({ format, row, column, corners, text }) => ({
    format,
    row,
    column,
    corners: corners.map(({ x, y }) => ({ x: x / widthPixels, y: y / heightPixels })),
    inspection: inspected(text.slice(0, maxQrCharacters), input),
  }));
  return { file, kind, widthPixels, heightPixels, codes };
}

/** `input`: null compares it with no terminal. */
function inspected(text: string, input: CheckInput | null): QrInspection {
  return { ...inspectText(text), against: input === null ? [] : compareQr(text, input) };
}

async function inputOf(
  context: Context,
  terminalId: string | null,
  signal: AbortSignal,
): Promise<CheckInput | null> {
  if (terminalId === null) return null;
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
