/** Which method flashes a terminal: by the firmware family of its profile. */
import type { Connection } from '../../connections/connection.ts';
import type { FirmwareFamily } from '../../terminals/profile.ts';
import type { FlashMethod } from './method.ts';
import { McubootOverSmp } from './smp/mcuboot-method.ts';

const methods: Readonly<Record<FirmwareFamily['family'], (connection: Connection) => FlashMethod>> =
  {
    mcuboot: (connection) => new McubootOverSmp(connection),
  };

/** A profile without a family is planned all the same: the plan says what is missing. */
export function methodFor(connection: Connection): FlashMethod {
  return methods[connection.profile.firmware?.family ?? 'mcuboot'](connection);
}
