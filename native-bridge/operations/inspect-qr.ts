/** What a payment code says: typed, in a picture or on the terminal, and how it stands to one. */
import { stat } from 'node:fs/promises';
import { BridgeFault } from '../contract/bridge-fault.ts';
import type { SettingRow } from '../contract/correction.ts';
import type { Params, Result } from '../contract/requests.ts';
import { maxQrCharacters, type QrInspection } from '../contract/qr.ts';
import type { Reading, ReadingName } from '../contract/reading.ts';
import type { CheckInput } from '../diagnosis/index.ts';
import {
  compareCodes,
  compareQr,
  inspectQr as inspectText,
  type Moments,
} from '../diagnosis/qr/index.ts';
import { inReadingOrder, openPicture, readCodes, uprightSize } from '../pictures/index.ts';
import { sentence } from '../wording/index.ts';
import type { Context } from './context.ts';
import { takeReadings } from './readings/take-readings.ts';
import { settingRows } from './settings.ts';

/** What a code is compared with. */
const compared: readonly ReadingName[] = [
  'qr.payload',
  'qr.mode',
  'qr.presented',
  'qr.validitySeconds',
  'clock.utc',
  'identity.serialNumber',
  'payment.merchantNumber',
  'payment.merchantName',
  'payment.terminalNumber',
  'payment.channel',
  'payment.methods',
  'payment.currency',
];

/** Throws `terminal-not-connected` and what the line throws; without a terminal nothing. */
export async function inspectQr(
  context: Context,
  { text, terminalId, seenUtc }: Params<'inspectQr'>,
  signal: AbortSignal,
): Promise<Result<'inspectQr'>> {
  return inspected(text, await inputOf(context, terminalId, signal), { seenUtc, isExact: true });
}

/** Throws `qr-no-source`, `qr-not-shown`, why it could not be read, and as `inspectQr`. */
export async function inspectShownQr(
  context: Context,
  { terminalId }: Params<'inspectShownQr'>,
  signal: AbortSignal,
): Promise<Result<'inspectShownQr'>> {
  const { profile } = context.connections.get(terminalId);
  if (!profile.readings.has('qr.payload')) throw new BridgeFault('qr-no-source');
  const input = await inputOf(context, terminalId, signal);
  const reading = input?.readings.get('qr.payload');
  if (reading?.failure) throw BridgeFault.of(reading.failure);
  const text = String(reading?.value ?? '');
  if (reading === undefined || text === '') {
    const isPayers = input?.readings.get('qr.presented')?.value === 'customer';
    throw new BridgeFault('qr-not-shown', isPayers ? { presented: 'customer' } : {});
  }
  return inspected(text, input, { seenUtc: reading.atUtc, isExact: true });
}

/** Throws as `inspectQr` and PictureError. The picture is decoded before a terminal is asked. */
export async function inspectQrPicture(
  context: Context,
  { fileId, terminalId }: Params<'inspectQrPicture'>,
  signal: AbortSignal,
): Promise<Result<'inspectQrPicture'>> {
  const path = context.files.path(fileId);
  const picture = await openPicture(path);
  const { name: file, kind } = picture;
  const { widthPixels, heightPixels } = uprightSize(picture);
  const seenUtc = await writtenUtc(path);
  const found = inReadingOrder(await readCodes(picture, signal));
  const input = found.length === 0 ? null : await inputOf(context, terminalId, signal);
  const codes = found.map(({ format, row, column, corners, text }) => ({
    format,
    row,
    column,
    corners: corners.map(({ x, y }) => ({ x: x / widthPixels, y: y / heightPixels })),
    inspection: inspected(text.slice(0, maxQrCharacters), input, { seenUtc, isExact: false }),
  }));
  const between = compareCodes(
    found.map(({ text, row, column, corners }) => {
      return { text, corners, place: sentence('qr_place', { row, number: column }) };
    }),
  );
  return { file, kind, widthPixels, heightPixels, codes, between };
}

/** Throws as `inspectQr` and PictureError; a terminal is asked only where there is a code. */
export async function inspectQrFrame(
  context: Context,
  { frame, terminalId }: Params<'inspectQrFrame'>,
  signal: AbortSignal,
): Promise<Result<'inspectQrFrame'>> {
  const [code] = inReadingOrder(await context.frames.read(frame, signal));
  if (code === undefined) return { code: null };
  const seenUtc = new Date().toISOString();
  const input = await inputOf(context, terminalId, signal);
  const text = code.text.slice(0, maxQrCharacters);
  return { code: inspected(text, input, { seenUtc, isExact: true }) };
}

/** A code in a picture is at least as old as the file. */
async function writtenUtc(path: string): Promise<string | null> {
  const info = await stat(path).catch(() => null);
  return info === null || !(info.mtimeMs > 0) ? null : info.mtime.toISOString();
}

/** `input`: null compares it with no terminal. */
function inspected(
  text: string,
  input: CheckInput | null,
  seen: Omit<Moments, 'nowUtc'>,
): QrInspection {
  const against = compareQr(text, input, { ...seen, nowUtc: new Date().toISOString() });
  return { ...inspectText(text), against, seenUtc: seen.seenUtc };
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
