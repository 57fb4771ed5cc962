/** Which apps a profile names, and what for: those whose versions it reads. */
import type { AppRole } from '../../contract/app.ts';
import type { ReadingName } from '../../contract/reading.ts';
import type { Profile } from '../../terminals/profile.ts';

export interface NamedApp {
  readonly packageName: string;
  readonly role: NonNullable<AppRole>;
}

const readings = [
  ['payment', 'payment.appVersion'],
  ['scanner', 'scanner.appVersion'],
] as const satisfies readonly (readonly [AppRole, ReadingName])[];

export function namedApps({ readings: all }: Profile): NamedApp[] {
  return readings.flatMap(([role, name]) => {
    const source = all.get(name)?.source;
    if (source?.from !== 'android-package') return [];
    return source.packages.map((packageName) => ({ packageName, role }));
  });
}

export function roleOf(profile: Profile, packageName: string): AppRole {
  return namedApps(profile).find((app) => app.packageName === packageName)?.role ?? null;
}
