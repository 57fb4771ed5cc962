/** How grave a line of a device's log is, by the forms that logs have. */

export const levels = ['debug', 'info', 'warn', 'error'] as const;
export type Level = (typeof levels)[number];

/** `12-01 10:00:00.125  1817  1903 W Tag: …` (logcat's threadtime), `W/Tag( 123): …` (its brief). */
const logcat = /^(?:\d\d-\d\d \d\d:\d\d:\d\d\.\d+ +\d+ +\d+ )([VDIWEF]) |^([VDIWEF])\//;
/** `[00:00:01.250,000] <wrn> module: …` (Zephyr), `W (1250) module: …` (ESP-IDF). */
const firmware = /^(?:\[[\d:.,]+\] )?<(dbg|inf|wrn|err)>|^([VDIWE]) \(\d+\) /;

const meant: Readonly<Record<string, Level>> = {
  ...{ V: 'debug', D: 'debug', I: 'info', W: 'warn', E: 'error', F: 'error' },
  ...{ dbg: 'debug', inf: 'info', wrn: 'warn', err: 'error' },
};

/** null: it names none. */
export function levelOf(text: string): Level | null {
  const found = logcat.exec(text) ?? firmware.exec(text);
  const word = found?.[1] ?? found?.[2];
  return word === undefined ? null : (meant[word] ?? null);
}
