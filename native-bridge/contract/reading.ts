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
  'dB',
  'milliseconds',
  'seconds',
  'bytes',
  'count',
]);
export type Unit = z.infer<typeof unitSchema>;

/**
 * The vocabulary: profiles say where each comes from, checks ask for them by name. Values as the
 * checks know them (a profile's `map` brings a model's own words into this form):
 * - names ending in a unit (`…Percent`, `…Dbm`, `…Db`, `…Ms`, `…Seconds`, `…Celsius`,
 *   `…Millivolts`, `…Bytes`, `…Count`) are numbers; the booleans are listed in terminals/profile-file/
 *   vocabulary.ts; the rest is text.
 * - `network.link`: `wifi`, `cellular`, `ethernet`, `none`; or a boolean where only that is known.
 * - `network.paymentHostReached`: a boolean; or `yes`, `refused` (the host answers and declines),
 *   and any other text for "not reached, for this reason".
 * - `firmware.fingerprint`: Android's `ro.build.fingerprint`. `network.proxy`: `host:port`; empty: none.
 *   `network.proxySetDirectly`: by an app, past the setting.
 *   `network.linkProxy`: the same, of the network in use alone, where no proxy is set for all of them.
 *   `network.privateDnsBroken`: the private name server that is set does not answer.
 *   `network.privateDnsMode`: `off`, `opportunistic`, `hostname`. `network.validated`: Android met the
 *   internet over its default network. `clock.automatic`: it follows the network's time.
 *   `network.portalCheck`: Android looks for a sign-in page on a network that it joins.
 * - `wifi.security`: `open` where there is none. `qr.mode`: `static`, `dynamic`.
 *   `qr.presented`: `merchant` (the payer scans), `customer` (the merchant scans).
 * - `network.tls`, `computer.tls`: `ok`, or `expired`, `not-yet-valid`, `name`, `issuer`, `failed`.
 * - `cellular.sim`: `ready`, `absent`, `locked` (to another device), `blocked`, `expired`.
 * - `scanner.selfTest`: a boolean; or `ok`, and any other text for what is wrong.
 * - `printer.state`: `ready`, `paper-out`, `lid-open`, `overheated`, `failed`.
 * - `payment.currency`: ISO 4217's three digits or letters. `payment.acquirerApps`: separated by
 *   commas. `payment.lastResponseCode`: two characters as ISO 8583 field 39 has them.
 * - `account.state`: `normal`, `frozen`, `dormant`, `papers-expired`, `real-name-unfinished`.
 *   `account.receiving`: `normal`, `closed`, `limit-reached` (the day's), `limit-low` (one payment's,
 *   below what was taken before), `method-closed`, `credit-off`.
 *   `account.settlement`: `normal`, `pending`, `card-limit`, `name-wrong`, `failed`.
 *   `platform.state`: `up`, `degraded`, `down`. `order.state`, of the newest order: `none`, `paid`,
 *   `waits-for-password`, `unpaid`, `reversed`, `refunded`, `closed`, `failed`.
 * - `computer.…` is what the technician's computer sees of the same world; `account.…`, `order.…`
 *   and `platform.…` come from a status service where a profile names one. No profile reads these.
 */
export const readingNames = [
  'identity.serialNumber',
  'identity.model',
  'identity.hardware',
  'firmware.version',
  'firmware.securityPatch',
  'firmware.activeHash',
  'firmware.fingerprint',
  'firmware.confirmed',
  'firmware.pending',
  'firmware.bootloader',
  'firmware.bootloaderMode',
  'battery.levelPercent',
  'battery.charging',
  'battery.celsius',
  'battery.millivolts',
  'battery.health',
  'battery.cycleCount',
  'network.link',
  'network.address',
  'network.gateway',
  'network.dns',
  'network.dnsAnswers',
  'network.secondDnsAnswers',
  'network.paymentHostReached',
  'network.latencyMs',
  'network.lossPercent',
  'network.largeRequestsPass',
  'network.jitterMs',
  'network.tls',
  'network.proxy',
  'network.proxySetDirectly',
  'network.linkProxy',
  'network.privateDnsMode',
  'network.privateDnsBroken',
  'network.validated',
  'network.airplaneMode',
  'network.portalCheck',
  'wifi.joined',
  'wifi.ssid',
  'wifi.rssiDbm',
  'wifi.security',
  'wifi.captivePortal',
  'vpn.up',
  'vpn.ageSeconds',
  'vpn.dropCount',
  'cellular.registered',
  'cellular.sim',
  'cellular.operator',
  'cellular.rsrpDbm',
  'cellular.sinrDb',
  'cellular.dataPasses',
  'cellular.dataEnabled',
  'clock.utc',
  'clock.zone',
  'clock.automatic',
  'storage.freeBytes',
  'storage.totalBytes',
  'scanner.selfTest',
  'scanner.firmware',
  'scanner.appVersion',
  'scanner.appEnabled',
  'scanner.decodeMs',
  'printer.state',
  'speaker.volumePercent',
  'speaker.online',
  'payment.merchantName',
  'payment.merchantNumber',
  'payment.terminalNumber',
  'payment.channel',
  'payment.methods',
  'payment.settlementTail',
  'payment.currency',
  'payment.acquirerApps',
  'payment.appVersion',
  'payment.appInstalled',
  'payment.appEnabled',
  /** Android never puts it to sleep to save the battery. */
  'payment.appKeptAwake',
  'payment.lastResponseCode',
  'payment.unsettledCount',
  'payment.unsentCount',
  'payment.reversalCount',
  'qr.mode',
  'qr.presented',
  'qr.payload',
  'qr.validitySeconds',
  'device.uptimeSeconds',
  'device.tampered',
  'device.activated',
  'device.parametersLoaded',
  'device.signedIn',
  'device.mainKeyLoaded',
  'device.managedBy',
  'device.owner',
  'account.cardBound',
  'account.state',
  'account.receiving',
  'account.settlement',
  'platform.state',
  'order.state',
  'order.announced',
  'computer.online',
  'computer.paymentHostReached',
  'computer.captivePortal',
  'computer.tls',
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

/** Some readings are measured over a time: it is told when it begins. Cancelling ends it at once. */
export const samplingWindowSchema = z.object({
  names: z.array(readingNameSchema),
  untilUtc: utcSchema,
});
export type SamplingWindow = z.infer<typeof samplingWindowSchema>;
/** Progress of whatever reads over a time: until when. */
export const samplingProgressSchema = z.object({ sampling: samplingWindowSchema });
