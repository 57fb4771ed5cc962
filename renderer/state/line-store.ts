/**
 * The console's lines, and which of them are shown. Bounded by lines and by characters: the oldest
 * make way. Long work (a new filter over all of them) is done in slices, so that nothing waits for it.
 */
import type { ConsoleLine } from '../../native-bridge/contract/console.ts';
import { levelOf, levels, type Level } from './console-level.ts';

export interface KeptLine extends ConsoleLine {
  /** Grows by one with each line. */
  readonly id: number;
  /** null: the line names none. */
  readonly level: Level | null;
}

export interface Wanted {
  readonly text: string;
  /** null: all, whatever they name. */
  readonly least: Level | null;
}

export const maxLines = 100_000;
export const maxCharacters = 64 * 1024 * 1024;
/** Cut in blocks: moving all of them costs. */
export const slackLines = 2_000;
const sliceMs = 6;

export class LineStore {
  dropped = 0;
  #all: KeptLine[] = [];
  #shown: KeptLine[] = [];
  #characters = 0;
  #nextId = 0;
  #matches: (line: KeptLine) => boolean = () => true;
  /** Of the filter at work; lines that come meanwhile are seen by it. */
  #turn = 0;
  #filtering = false;

  get count(): number {
    return this.#all.length;
  }

  /** A copy: it stays as it is while lines come. */
  shown(): readonly KeptLine[] {
    return this.#shown.slice();
  }

  add(lines: readonly ConsoleLine[]): void {
    for (const line of lines) {
      const level = line.from === 'device' ? levelOf(line.text) : null;
      const kept = { ...line, id: this.#nextId++, level };
      this.#all.push(kept);
      this.#characters += line.text.length;
      if (!this.#filtering && this.#matches(kept)) this.#shown.push(kept);
    }
    this.#trim();
  }

  /** The lines of `from` since that time come once more. */
  forgetDevice(sinceUtc: string): void {
    this.#replace(this.#all.filter((line) => line.from !== 'device' || line.atUtc < sinceUtc));
  }

  clear(): void {
    this.dropped = 0;
    this.#replace([]);
  }

  /** False where another filter took its place. */
  async filter(wanted: Wanted, pause: () => Promise<void>): Promise<boolean> {
    const turn = ++this.#turn;
    this.#matches = matcher(wanted);
    this.#filtering = true;
    this.#shown = [];
    let lastId = -1;
    let untilMs = performance.now() + sliceMs;
    for (;;) {
      const at = indexAfter(this.#all, lastId);
      const line = this.#all[at];
      if (line === undefined) break;
      for (let index = at; index < Math.min(at + 200, this.#all.length); index++) {
        const each = this.#all[index];
        if (each === undefined) break;
        if (this.#matches(each)) this.#shown.push(each);
        lastId = each.id;
      }
      if (performance.now() < untilMs) continue;
      await pause();
      if (turn !== this.#turn) return false;
      untilMs = performance.now() + sliceMs;
    }
    this.#filtering = false;
    return true;
  }

  #replace(lines: KeptLine[]): void {
    this.#all = lines;
    this.#shown = lines.filter((line) => this.#matches(line));
    this.#characters = lines.reduce((sum, { text }) => sum + text.length, 0);
  }

  #trim(): void {
    let excess = this.#all.length > maxLines + slackLines ? this.#all.length - maxLines : 0;
    let characters = this.#characters;
    for (const { text } of this.#all.slice(0, excess)) characters -= text.length;
    while (characters > maxCharacters && excess < this.#all.length - 1) {
      characters -= this.#all[excess]?.text.length ?? 0;
      excess++;
    }
    if (excess === 0) return;
    const firstId = this.#all[excess]?.id ?? this.#nextId;
    this.#all.splice(0, excess);
    this.#shown.splice(0, indexAfter(this.#shown, firstId - 1));
    this.#characters = characters;
    this.dropped += excess;
  }
}

/** Where the lines after this id begin. */
export function indexAfter(lines: readonly Pick<KeptLine, 'id'>[], id: number): number {
  let from = 0;
  let to = lines.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((lines[middle]?.id ?? 0) <= id) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Text anywhere, in whatever case; a line of the device that names no level passes only where all do. */
function matcher({ text, least }: Wanted): (line: KeptLine) => boolean {
  const has = finder(text);
  const from = least === null ? -1 : levels.indexOf(least);
  return (line) => {
    if (from >= 0 && line.from === 'device') {
      if (line.level === null || levels.indexOf(line.level) < from) return false;
    }
    return has === null || has.test(line.text);
  };
}

/** null: nothing is looked for. */
export function finder(text: string): RegExp | null {
  const wanted = text.trim();
  return wanted === '' ? null : new RegExp(wanted.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'iu');
}
