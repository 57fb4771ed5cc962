/** Replies that get lost or come twice: the next one to a given command, once. */
export type ReplyMishap = 'lost' | 'doubled';

interface Ordered {
  readonly mishap: ReplyMishap;
  readonly group: number;
  readonly command: number;
}

export class ReplyMishaps {
  readonly #ordered: Ordered[] = [];

  order(mishap: ReplyMishap, group: number, command: number): void {
    this.#ordered.push({ mishap, group, command });
  }

  /** What is to happen to the reply to this command; it happens once. */
  take(group: number, command: number): ReplyMishap | null {
    const index = this.#ordered.findIndex(
      (each) => each.group === group && each.command === command,
    );
    if (index < 0) return null;
    return this.#ordered.splice(index, 1)[0]?.mishap ?? null;
  }
}
