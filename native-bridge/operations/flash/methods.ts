/** Which method flashes a terminal: by the firmware that is flashed, and its profile's family. */
import type { Connection } from '../../connections/connection.ts';
import { AndroidSideload } from './android/sideload-method.ts';
import { FastbootFlash } from './fastboot/fastboot-method.ts';
import type { FlashMethod } from './method.ts';
import { McubootOverSmp } from './smp/mcuboot-method.ts';

type Format = FlashMethod['format'];

const methods: Readonly<Record<Format, (connection: Connection) => FlashMethod>> = {
  mcuboot: (connection) => new McubootOverSmp(connection),
  'android-ota': (connection) => new AndroidSideload(connection),
  'android-factory': (connection) => new FastbootFlash(connection),
};

/** What each course sends. */
export const formats: Readonly<Record<FlashMethod['course'], Format>> = {
  staged: 'mcuboot',
  'handed-over': 'android-ota',
  partitioned: 'android-factory',
};

/**
 * `format`: of the firmware; null: what the terminal itself would be asked by. A profile without a
 * family is planned all the same: the plan says what is missing.
 */
export function methodFor(connection: Connection, format: Format | null): FlashMethod {
  const byDoor = connection.connected ? doorsFormats[connection.session.kind] : null;
  const family = connection.profile.firmware?.family ?? byDoor ?? 'mcuboot';
  if (family === 'mcuboot') return methods.mcuboot(connection);
  const own = byDoor === 'android-factory' ? byDoor : family;
  return methods[format === null || format === 'mcuboot' ? own : format](connection);
}

const doorsFormats = {
  smp: 'mcuboot',
  adb: 'android-ota',
  fastboot: 'android-factory',
} as const;
