/** What somebody typed at a question with numbered choices: a number, a choice by name, or a way out. */
export interface Numbered {
  readonly id: string;
  readonly words: string;
}

export type Reply =
  | { readonly kind: 'choice'; readonly id: string }
  | { readonly kind: 'back' }
  | { readonly kind: 'stop' }
  | { readonly kind: 'unclear' };

const ways: Readonly<Record<string, 'back' | 'stop'>> = {
  b: 'back',
  back: 'back',
  上一步: 'back',
  q: 'stop',
  quit: 'stop',
  stop: 'stop',
  退出: 'stop',
  不再问: 'stop',
};

/** `back` and `stop`, whatever is asked; null: neither. */
export function wayOut(line: string): 'back' | 'stop' | null {
  const word = line.trim().toLowerCase();
  return Object.hasOwn(ways, word) ? (ways[word] ?? null) : null;
}

/** The beginning of a choice's words is enough where no other begins so. */
export function replyTo(line: string, choices: readonly Numbered[]): Reply {
  const way = wayOut(line);
  if (way !== null) return { kind: way };
  const word = line.trim().toLowerCase();
  if (word === '') return { kind: 'unclear' };
  const numbered = /^\d{1,3}$/.test(word) ? choices[Number(word) - 1] : undefined;
  const named = numbered ?? choices.find(({ id }) => id.toLowerCase() === word);
  if (named !== undefined) return { kind: 'choice', id: named.id };
  const begun = choices.filter(({ words }) => words.toLowerCase().startsWith(word));
  const [only] = begun;
  return only !== undefined && begun.length === 1
    ? { kind: 'choice', id: only.id }
    : { kind: 'unclear' };
}
