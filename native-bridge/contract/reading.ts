/** Readings: typed values with unit, time, source and the raw text they came from. */
import { z } from 'zod';
import { sentenceSchema, utcSchema } from './common.ts';
import { faultSchema } from './fault.ts';

export const unitSchema = z.enum([
  'none',
  'percent',
  'celsius',
  'millivolts',
  'dBm',
  'milliseconds',
  'seconds',
  'bytes',
  'count',
]);
export type Unit = z.infer<typeof unitSchema>;

/**
 * The vocabulary: profiles say where each comes from, checks ask for them by name. Values as the
 * checks know them (a profile's `map` brings a model's own words into this form):
 * - names ending in a unit (`…Percent`, `…Dbm`, `…Ms`, `…Seconds`, `…Celsius`, `…Millivolts`,
 *   `…Count`) are numbers; `firmware.confirmed`, `firmware.pending`, `battery.charging`,
 *   `network.dnsAnswers`, `network.largeRequestsPass`, `wifi.joined`, `wifi.captivePortal`,
 *   `cellular.registered` and `device.tampered` are booleans; the rest is text.
 * - `network.link`: `wifi`, `cellular`, `ethernet`, `none`; or a boolean where only that is known.
 * - `network.paymentHostReached`: a boolean; or `yes`, `refused` (the host answers and declines),
 *   and any other text for "not reached, for this reason".
 * - `wifi.security`: `open` where there is none. `qr.mode`: `static`, `dynamic`.
 *   `qr.presented`: `merchant` (the payer scans), `customer` (the merchant scans).
 */
export const readingNames = [
  'identity.serialNumber',
  'identity.model',
  'identity.hardware',
  'firmware.version',
  'firmware.activeHash',
  'firmware.confirmed',
  'firmware.pending',
  'firmware.bootloader',
  'firmware.bootloaderMode',
  'battery.levelPercent',
  'battery.charging',
  'battery.celsius',
  'battery.millivolts',
  'battery.health',
  'network.link',
  'network.address',
  'network.gateway',
  'network.dns',
  'network.dnsAnswers',
  'network.paymentHostReached',
  'network.latencyMs',
  'network.lossPercent',
  'network.largeRequestsPass',
  'wifi.joined',
  'wifi.ssid',
  'wifi.rssiDbm',
  'wifi.security',
  'wifi.captivePortal',
  'cellular.registered',
  'cellular.operator',
  'cellular.rsrpDbm',
  'clock.utc',
  'payment.merchantName',
  'payment.merchantNumber',
  'payment.terminalNumber',
  'payment.channel',
  'payment.methods',
  'payment.settlementTail',
  'payment.unsettledCount',
  'payment.unsentCount',
  'payment.reversalCount',
  'qr.mode',
  'qr.presented',
  'qr.payload',
  'qr.validitySeconds',
  'device.uptimeSeconds',
  'device.tampered',
] as const;
export const readingNameSchema = z.enum(readingNames);
export type ReadingName = z.infer<typeof readingNameSchema>;

export const readingValueSchema = z.union([z.string(), z.number(), z.boolean()]);
export type ReadingValue = z.infer<typeof readingValueSchema>;

export const readingSchema = z.object({
  name: readingNameSchema,
  /** null: could not be read (`failure` says why) or does not exist on this model. */
  value: readingValueSchema.nullable(),
  unit: unitSchema,
  atUtc: utcSchema,
  /** The command that was asked, as a technician would type it. */
  source: z.string(),
  /** The excerpt of the reply that the value was taken from; at most 2,048 characters, masked. */
  raw: z.string(),
  failure: faultSchema.nullable(),
  /** Set where the value was read but is to be taken with care. */
  caveat: sentenceSchema.nullable(),
});
export type Reading = z.infer<typeof readingSchema>;
