/** Commands typed before, gone through with up and down as in any shell. In memory only. */
const most = 200;

export class ShellHistory {
  readonly #typed: string[] = [];
  /** How far back; 0: at what is being typed. */
  #back = 0;
  #draft = '';

  add(command: string): void {
    if (this.#typed.at(-1) !== command) this.#typed.push(command);
    if (this.#typed.length > most) this.#typed.shift();
    this.#back = 0;
    this.#draft = '';
  }

  /** What stands in the field after a step back (1) or forward (−1). */
  recall(step: 1 | -1, typing: string): string {
    if (this.#back === 0) this.#draft = typing;
    this.#back = Math.min(Math.max(this.#back + step, 0), this.#typed.length);
    return this.#back === 0 ? this.#draft : (this.#typed.at(-this.#back) ?? '');
  }
}
