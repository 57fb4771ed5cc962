/** Which method flashes a terminal: by the firmware family of its profile. */
import type { Connection } from '../../connections/connection.ts';
import type { FirmwareFamily } from '../../terminals/profile-firmware.ts';
import { AndroidSideload } from './android/sideload-method.ts';
import type { FlashMethod } from './method.ts';
import { McubootOverSmp } from './smp/mcuboot-method.ts';

type Family = FirmwareFamily['family'];

const methods: Readonly<Record<Family, (connection: Connection) => FlashMethod>> = {
  mcuboot: (connection) => new McubootOverSmp(connection),
  'android-ota': (connection) => new AndroidSideload(connection),
};

/** A profile without a family is planned all the same: the plan says what is missing. */
export function methodFor(connection: Connection): FlashMethod {
  const family = connection.profile.firmware?.family ?? familyOf(connection);
  return methods[family](connection);
}

function familyOf(connection: Connection): Family {
  const overAdb = connection.connected && connection.session.kind === 'adb';
  return overAdb ? 'android-ota' : 'mcuboot';
}
