/** A refusal as it may be kept. */
import type { Fault } from '../contract/fault.ts';

const tellingLetters = 4;

/** A terminal may say back what it was given: words that hold a part of a secret are not kept. */
export function withoutSecret({ code, facts }: Fault, secret: string | null): Fault {
  const parts = Array.from({ length: (secret ?? '').length }, (_, at) =>
    (secret ?? '').slice(at, at + tellingLetters),
  ).filter((part, at) => at === 0 || part.length === tellingLetters);
  const isTold = (fact: unknown) =>
    typeof fact === 'string' && parts.some((part) => fact.includes(part));
  const kept = Object.entries(facts).filter(([, fact]) => !isTold(fact));
  return { code, facts: Object.fromEntries(kept), trace: [] };
}
