/** The profile file as a whole: one definition for checking it and for the editors' schema. */
import { actorSchema } from '../../contract/diagnosis.ts';
import { list, maybe, object, optional, record } from '../shapes/collections.ts';
import { boolean, choice, integer, pattern, text } from '../shapes/scalars.ts';
import { described, type Shape } from '../shapes/shape.ts';
import {
  certificateDigest,
  currency,
  fact,
  host,
  httpsUrl,
  labels,
  phone,
  profileName,
  propertyName,
  qrModes,
  ssid,
  usbDevice,
} from './basics.ts';
import { firmwareShape } from './firmware.ts';
import { readingsShape } from './readings.ts';
import { scannerShape } from './scanner.ts';
import { defaultRoutine, routineShape } from './routine.ts';
import { settingsShape } from './settings.ts';
import { defaultThresholds, thresholdsShape } from './thresholds.ts';

const recognition = object({
  usb: optional(list(usbDevice, 32), []),
  smpInfo: maybe(described('Found in the SMP OS info of format "a"', pattern)),
  android: optional(
    described(
      'Android system properties, each matching its pattern',
      record(propertyName, pattern, 16),
    ),
    new Map(),
  ),
  priority: optional(described('Higher wins where two profiles match', integer(-1_000, 1_000)), 0),
  fact: maybe(fact),
});

export const recognitionField = optional(recognition, {
  usb: [],
  smpInfo: null,
  android: new Map(),
  priority: 0,
  fact: null,
});

const adb = object({
  openingIsReversible: described(
    'The model trades again once ADB is closed; nobody is guided into opening it unless this is proven',
    boolean,
  ),
  fact,
});

const line = object({
  baud: optional(integer(300, 4_000_000), 115_200),
  dtr: optional(boolean, true),
  rts: optional(boolean, true),
});

const no = optional(boolean, false);
const has = object({
  wifi: no,
  cellular: no,
  ethernet: no,
  battery: no,
  qrDisplay: no,
  scanner: no,
  printer: no,
  speaker: no,
});

const expected = object({
  wifiSsids: optional(list(ssid, 16), []),
  qrMode: maybe(choice(qrModes)),
  paymentHost: maybe(host),
  vpn: maybe(choice(['required', 'forbidden', 'allowed'])),
  currency: maybe(described('ISO 4217 digits, as 156', currency)),
  paymentAppVersion: maybe(
    described(
      'The oldest version of the payment app that the acquirer admits',
      text({ maxBytes: 60 }),
    ),
  ),
  paymentAppSigners: optional(
    described(
      'SHA-256 of the certificates that the payment app may be signed with; any where none is named',
      list(certificateDigest, 8),
    ),
    [],
  ),
});

const support = list(
  object({
    who: choice(actorSchema.options),
    labels,
    phone: maybe(phone),
    url: maybe(httpsUrl),
  }),
  16,
);

export const profileFileShape = object({
  format: described('Version of this file format', choice(['1'])),
  name: profileName,
  extends: optional(
    described('Shipped profiles this one builds on; later ones win', list(profileName, 4)),
    [],
  ),
  vendor: text({ maxBytes: 120 }),
  model: text({ maxBytes: 120 }),
  labels,
  recognition: recognitionField,
  line: optional(line, { baud: 115_200, dtr: true, rts: true }),
  has: optional(has, {
    wifi: false,
    cellular: false,
    ethernet: false,
    battery: false,
    qrDisplay: false,
    scanner: false,
    printer: false,
    speaker: false,
  }),
  scanner: maybe(scannerShape),
  adb: maybe(adb),
  readings: optional(readingsShape, new Map()),
  settings: optional(settingsShape, new Map()),
  thresholds: optional(thresholdsShape, defaultThresholds),
  routine: optional(routineShape, defaultRoutine),
  expected: optional(expected, {
    wifiSsids: [],
    qrMode: null,
    paymentHost: null,
    vpn: null,
    currency: null,
    paymentAppVersion: null,
    paymentAppSigners: [],
  }),
  statusService: maybe(object({ url: httpsUrl })),
  firmware: maybe(firmwareShape),
  support: optional(support, []),
});

type ValueOf<S> = S extends Shape<infer T> ? T : never;
export type ProfileFile = ValueOf<typeof profileFileShape>;
