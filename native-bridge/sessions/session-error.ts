/** What goes wrong in a conversation, with the facts that tell which. Port errors pass through. */

export type SessionFacts = Readonly<Record<string, string | number | boolean>>;

/** Each protocol has a kind of its own, with the codes that it knows. */
export abstract class SessionError<Code extends string> extends Error {
  readonly code: Code;
  readonly facts: SessionFacts;

  constructor(code: Code, facts: SessionFacts = {}, options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(facts)}`, options);
    this.code = code;
    this.facts = facts;
  }
}
