/**
 * Who may talk to it (adb/protocol.txt, AUTH). The terminal sends a token; a host that it knows signs
 * it; one that it does not know offers its public key, and then the terminal's screen asks a person.
 * What that person does is the policy.
 */
import { randomBytes } from 'node:crypto';
import { parsePublicKey, signs } from './public-key.ts';

export type AuthPolicy =
  /** Somebody taps "allow" after so many milliseconds; the key is known then. */
  | { readonly kind: 'accept-after-ms'; readonly ms: number }
  /** Somebody taps "cancel": the question goes, and nothing more is said. */
  | { readonly kind: 'refuse' }
  /** Nobody taps. */
  | { readonly kind: 'never' }
  /** Only keys that were given with --known-key. */
  | { readonly kind: 'known-only' }
  /** No question at all, as a terminal with `ro.adb.secure=0`. */
  | { readonly kind: 'already-known' };

const TOKEN = 1;
const SIGNATURE = 2;
const PUBLIC_KEY = 3;
const TOKEN_BYTES = 20;

/** What a host has shown in the terminal's lifetime; survives restarts as /data/misc/adb does. */
export class KnownKeys {
  readonly #texts = new Set<string>();

  add(text: string): void {
    this.#texts.add(text.replace(/\0+$/, '').split(/\s/)[0] ?? '');
  }

  clear(): void {
    this.#texts.clear();
  }

  sign(token: Uint8Array, signature: Uint8Array): boolean {
    return [...this.#texts].some((text) => {
      const key = parsePublicKey(text);
      return key !== null && signs(key, token, signature);
    });
  }
}

/** What the screen shows while it asks. */
export interface Asking {
  readonly keyName: string;
  /** For a test that is the person: allow or cancel. */
  answer(allow: boolean): void;
}

export interface AuthHooks {
  send(type: number, payload: Uint8Array): void;
  authorised(): void;
  asking(asking: Asking | null): void;
}

export class Auth {
  readonly #policy: AuthPolicy;
  readonly #known: KnownKeys;
  readonly #hooks: AuthHooks;
  #token: Buffer = Buffer.alloc(0);
  #timer: NodeJS.Timeout | undefined;
  #done = false;

  constructor(policy: AuthPolicy, known: KnownKeys, hooks: AuthHooks) {
    this.#policy = policy;
    this.#known = known;
    this.#hooks = hooks;
  }

  begin(): void {
    if (this.#policy.kind === 'already-known') this.#accept();
    else this.#sendToken();
  }

  receive(type: number, payload: Uint8Array): void {
    if (this.#done) return;
    if (type === SIGNATURE) {
      if (this.#known.sign(this.#token, payload)) this.#accept();
      else this.#sendToken();
    } else if (type === PUBLIC_KEY) {
      this.#ask(Buffer.from(payload).toString('latin1'));
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    if (!this.#done) this.#hooks.asking(null);
    this.#done = true;
  }

  #ask(text: string): void {
    if (parsePublicKey(text) === null) return;
    const answer = (allow: boolean): void => {
      if (this.#done) return;
      this.#hooks.asking(null);
      if (!allow) return;
      this.#known.add(text);
      this.#accept();
    };
    clearTimeout(this.#timer);
    const keyName = text.replace(/\0+$/, '').split(/\s/)[1] ?? '';
    this.#hooks.asking({ keyName, answer });
    if (this.#policy.kind === 'accept-after-ms') {
      this.#timer = setTimeout(() => answer(true), this.#policy.ms);
    } else if (this.#policy.kind === 'refuse') {
      answer(false);
    }
  }

  #sendToken(): void {
    this.#token = randomBytes(TOKEN_BYTES);
    this.#hooks.send(TOKEN, this.#token);
  }

  #accept(): void {
    clearTimeout(this.#timer);
    this.#done = true;
    this.#hooks.authorised();
  }
}
