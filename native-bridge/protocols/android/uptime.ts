/** `/proc/uptime`: seconds since the start, and those that the processors were idle (proc(5)). */
import { linesOf } from './text.ts';
import { decimalOf } from './values.ts';

export interface Uptime {
  readonly seconds: number | null;
}

export function parseUptime(text: string): Uptime {
  const [, up] = /^(\d{1,10}\.\d\d) \d{1,12}\.\d\d$/.exec(linesOf(text)[0]?.trim() ?? '') ?? [];
  const seconds = decimalOf(up);
  return { seconds: seconds === null ? null : Math.floor(seconds) };
}
