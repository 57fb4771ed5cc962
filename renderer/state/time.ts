/** Times that no view watches. */
export const nowUtc = (): string => new Date().toISOString();

/** `18:20:30.125` on the computer's clock. */
export function timeOfDay(utc: string): string {
  const time = new Date(utc);
  const padded = (value: number, digits: number): string => String(value).padStart(digits, '0');
  const parts = [time.getHours(), time.getMinutes(), time.getSeconds()];
  return `${parts.map((part) => padded(part, 2)).join(':')}.${padded(time.getMilliseconds(), 3)}`;
}
