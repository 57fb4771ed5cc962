/** Finding a text in the lines shown: how often it is there, and going from one hit to the next. */
import { finder, indexAfter, type KeptLine } from './line-store.ts';

const sliceMs = 6;

export class ConsoleFind {
  /** Hits in the lines that are shown. */
  count = $state(0);
  /** The line gone to. */
  currentId = $state<number | null>(null);
  /** Which of the hits that is, from 1; 0: none. */
  at = $state(0);
  #text = $state('');
  #hits: number[] = [];
  #scannedId = -1;
  #turn = 0;
  #lines: readonly KeptLine[] = [];
  readonly #pause: () => Promise<void>;

  constructor(pause: () => Promise<void>) {
    this.#pause = pause;
  }

  get text(): string {
    return this.#text;
  }

  set text(text: string) {
    this.#text = text;
    this.currentId = null;
    void this.#restart();
  }

  /** The lines shown are these now; `anew`: not only longer or without the oldest. */
  look(lines: readonly KeptLine[], anew: boolean): void {
    this.#lines = lines;
    if (anew) void this.#restart();
    else void this.#scan(this.#turn);
  }

  next(step: 1 | -1): void {
    if (this.#hits.length === 0) return;
    const before = this.currentId;
    const found =
      step === 1
        ? this.#hits.findIndex((id) => before === null || id > before)
        : this.#hits.findLastIndex((id) => before === null || id < before);
    // Round and round.
    const index = found >= 0 ? found : step === 1 ? 0 : this.#hits.length - 1;
    this.currentId = this.#hits[index] ?? null;
    this.at = index + 1;
  }

  async #restart(): Promise<void> {
    const turn = ++this.#turn;
    this.#hits = [];
    this.#scannedId = -1;
    this.count = 0;
    this.at = 0;
    await this.#scan(turn);
  }

  async #scan(turn: number): Promise<void> {
    const has = finder(this.#text);
    if (has === null) return;
    const firstId = this.#lines[0]?.id ?? 0;
    const kept = this.#hits.findIndex((id) => id >= firstId);
    if (kept !== 0) this.#hits.splice(0, kept < 0 ? Infinity : kept);
    let untilMs = performance.now() + sliceMs;
    for (;;) {
      const line = this.#lines[indexAfter(this.#lines, this.#scannedId)];
      if (line === undefined) break;
      this.#scannedId = line.id;
      if (has.test(line.text)) this.#hits.push(line.id);
      if (performance.now() < untilMs) continue;
      this.count = this.#hits.length;
      await this.#pause();
      if (turn !== this.#turn) return;
      untilMs = performance.now() + sliceMs;
    }
    this.count = this.#hits.length;
  }
}
