/**
 * The lines of `getvar all`: `name:value`, as every boot loader writes them a little differently.
 * Names may hold a colon themselves (`partition-size:boot`); values are padded, empty, or hold
 * colons; a line may be split wherever the device's buffer ended.
 */

export interface VariableLines {
  /** Name → value, trimmed. The first of two lines counts. */
  readonly values: ReadonlyMap<string, string>;
  /** Lines that say nothing that can be relied on. */
  readonly unread: readonly string[];
}

/** Names that go on behind their colon (AOSP, README.md, "Client Variables"). */
const families =
  'partition-size|partition-type|has-slot|is-logical|slot-successful|slot-unbootable|slot-retry-count|snapshot-update-status';
const inFamily = new RegExp(`^((?:${families}):[^:\\s]+)\\s*:(.*)$`);
const anyName = /^([A-Za-z][\w .-]{0,63}?)\s*:(.*)$/;
const namesOfFamilies = families.split('|');
/** A line this long filled its packet (60 bytes in old boot loaders): the next one goes on with it. */
const fullLineBytes = 60;

export function parseVariableLines(lines: readonly string[]): VariableLines {
  const values = new Map<string, string>();
  const unread: string[] = [];
  for (const line of joinSplit(lines)) {
    const [, name, value] = inFamily.exec(line) ?? anyName.exec(line) ?? [];
    if (name === undefined || value === undefined) unread.push(line);
    // "all: Done!!" ends the list.
    else if (name !== 'all' && !values.has(name)) values.set(name, value.trim());
  }
  return { values, unread };
}

function joinSplit(lines: readonly string[]): string[] {
  const whole: string[] = [];
  let before: string | null = null;
  for (const raw of lines) {
    const line = raw.replace(/^\(bootloader\) ?/, '').replace(/[\r\n]+$/, '');
    const begun = before !== null && isContinuation(before, line) ? whole.pop() : undefined;
    whole.push((begun ?? '') + line);
    before = line;
  }
  return whole;
}

/** After a full packet, or where the line before is the beginning of a name that is known. */
function isContinuation(before: string, line: string): boolean {
  const isCut = before !== '' && namesOfFamilies.some((name) => name.startsWith(before));
  return isCut || (before.length >= fullLineBytes && !anyName.test(line));
}
