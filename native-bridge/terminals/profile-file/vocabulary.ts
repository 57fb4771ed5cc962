/** Which type each reading has to have for the checks to understand it (contract/reading.ts). */
import type { ReadingName } from '../../contract/reading.ts';
import type { ReadingSource } from '../profile-source.ts';

type ValueType = ReadingSource['type'];

const numberEnding =
  /(?:Percent|Dbm|Db|Ms|Seconds|Celsius|Millivolts|Bytes|\.celsius|\.millivolts|Count)$/;

const booleans = new Set<ReadingName>([
  'firmware.confirmed',
  'firmware.pending',
  'battery.charging',
  'network.dnsAnswers',
  'network.largeRequestsPass',
  'wifi.joined',
  'wifi.captivePortal',
  'cellular.registered',
  'device.tampered',
  'network.secondDnsAnswers',
  'vpn.up',
  'network.validated',
  'network.proxySetDirectly',
  'network.privateDnsBroken',
  'network.airplaneMode',
  'network.portalCheck',
  'cellular.dataEnabled',
  'scanner.appEnabled',
  'payment.appInstalled',
  'payment.appEnabled',
  'payment.appKeptAwake',
  'clock.automatic',
  'cellular.dataPasses',
  'speaker.online',
  'device.activated',
  'device.parametersLoaded',
  'device.signedIn',
  'device.mainKeyLoaded',
  'account.cardBound',
  'order.announced',
  'computer.online',
  'computer.captivePortal',
]);

/** Known as yes or no, or in words. */
const either = new Set<ReadingName>([
  'network.link',
  'network.paymentHostReached',
  'computer.paymentHostReached',
  'scanner.selfTest',
]);

/** The first is the usual one. */
export function typesOf(name: ReadingName): readonly [ValueType, ...ValueType[]] {
  if (numberEnding.test(name)) return ['integer', 'decimal'];
  if (booleans.has(name)) return ['boolean'];
  return either.has(name) ? ['text', 'boolean'] : ['text'];
}
