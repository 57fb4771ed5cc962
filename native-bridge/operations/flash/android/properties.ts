/** What an Android says of its own build, read as recovery and update packages name it. */
import { buildName } from '../../../firmware/ota/build.ts';
import type { OtaTarget } from '../../../firmware/ota/judge-ota.ts';
import { parseGetprop } from '../../../protocols/android/index.ts';
import type { AdbSession } from '../../../sessions/adb/adb-session.ts';
import type { RunningFirmware, Until } from '../method.ts';

export type Properties = ReadonlyMap<string, string>;

const maxOutputBytes = 1024 * 1024;
/** Recovery looks at the first; scripts of old packages at the second; later Androids split them up. */
const deviceNames = [
  'ro.product.device',
  'ro.build.product',
  'ro.product.vendor.device',
  'ro.product.odm.device',
  'ro.product.product.device',
];
const fingerprintNames = ['ro.build.fingerprint', 'ro.system.build.fingerprint'];

export async function readProperties(session: AdbSession, until: Until): Promise<Properties> {
  const { output } = await session.shell('getprop', { ...until, maxOutputBytes });
  return parseGetprop(output);
}

/** Its apps may be used: before that a new system may still fall over. */
export function hasStarted(properties: Properties): boolean {
  return ['sys.boot_completed', 'dev.bootcomplete'].some((name) => properties.get(name) === '1');
}

/** A build is for good once it runs: what Android does of its own to keep it shows nowhere. */
export function runningBuild(properties: Properties): RunningFirmware {
  const id = first(properties, fingerprintNames);
  const shown = first(properties, ['ro.build.display.id', 'ro.build.id']);
  const version = (id === null ? null : buildName(id)) ?? shown ?? id ?? '';
  return { version, id, confirmed: true };
}

export function targetOf(properties: Properties): OtaTarget {
  const get = (name: string): string | null => properties.get(name) || null;
  const devices = deviceNames.flatMap((name) => get(name) ?? []);
  const built = Number(get('ro.build.date.utc') ?? NaN);
  return {
    devices: [...new Set(devices)],
    serialNumber: first(properties, ['ro.serialno', 'ro.boot.serialno']),
    fingerprint: first(properties, fingerprintNames),
    incremental: get('ro.build.version.incremental'),
    timestampSeconds: Number.isSafeInteger(built) && built > 0 ? built : null,
    securityPatch: get('ro.build.version.security_patch'),
    slotSuffix: get('ro.boot.slot_suffix') ?? '',
  };
}

function first(properties: Properties, names: readonly string[]): string | null {
  return names.map((name) => properties.get(name)).find((value) => value) ?? null;
}
