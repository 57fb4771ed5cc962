/** Time zones that the firmware knows, and how far they are from UTC. None has a summer time. */
const MINUTE_MS = 60_000;

const offsetMinutes = {
  'Asia/Shanghai': 480,
  'Asia/Urumqi': 360,
  'Asia/Bangkok': 420,
  'Asia/Tokyo': 540,
  'Asia/Dubai': 240,
  UTC: 0,
} as const;

export const zoneNames = Object.keys(offsetMinutes);

export function zoneOffsetMs(name: string): number {
  const known = Object.hasOwn(offsetMinutes, name);
  return known ? offsetMinutes[name as keyof typeof offsetMinutes] * MINUTE_MS : 0;
}

/** `+08:00` */
export function offsetText(name: string): string {
  const minutes = zoneOffsetMs(name) / MINUTE_MS;
  const two = (value: number): string => String(value).padStart(2, '0');
  return `+${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
