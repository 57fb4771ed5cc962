/** Times that no view watches. */
export const nowUtc = (): string => new Date().toISOString();

/** `18:20:30.125` on the computer's clock. */
export function timeOfDay(utc: string): string {
  const time = new Date(utc);
  const padded = (value: number, digits: number): string => String(value).padStart(digits, '0');
  const parts = [time.getHours(), time.getMinutes(), time.getSeconds()];
  return `${parts.map((part) => padded(part, 2)).join(':')}.${padded(time.getMilliseconds(), 3)}`;
}

/** The first moment of a day here (`YYYY-MM-DD`), or of one so many days later; null: no day. */
export function startOfDayUtc(day: string, daysLater: number): string | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return null;
  const at = new Date(`${day}T00:00:00`);
  at.setDate(at.getDate() + daysLater);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}
