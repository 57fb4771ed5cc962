/**
 * A diagnosis with no terminal attached: questions alone. The page keeps which case it is, so that
 * loading it again loses nothing; the answers are in the case.
 */
import { z } from 'zod';
import type { BridgeClient } from './bridge-client.ts';
import type { Diagnosed, DiagnosisDesk } from './diagnosis-desk.ts';
import { DiagnosisRun } from './diagnosis-run.svelte.ts';
import { sameSubject, type Subject } from './subject.ts';

const storageKey = 'pos-bench.without-terminal';
const storedSchema = z.object({ caseId: z.string(), shop: z.string(), profile: z.string() });
/** The page's own memory; a test without a page has none. */
const memory = (globalThis as { readonly sessionStorage?: Storage }).sessionStorage;

export class WithoutTerminal implements DiagnosisDesk {
  readonly ready = true;
  readonly atTerminal = null;
  subject = $state.raw<Subject | null>(null);
  /** The shop's name; the case is opened under it. */
  shop = $state('');
  /** A shipped profile's name; empty: any model. */
  profile = $state('');
  readonly diagnosis: DiagnosisRun;
  #caseId = $state<string | null>(null);

  constructor(client: BridgeClient) {
    this.diagnosis = new DiagnosisRun(client, () => this.#diagnosed(), this);
    const stored = remembered();
    if (stored === null) return;
    this.#caseId = stored.caseId;
    this.shop = stored.shop;
    this.profile = stored.profile;
  }

  get caseId(): string | null {
    return this.#caseId;
  }

  set caseId(caseId: string | null) {
    this.#caseId = caseId;
    const { shop, profile } = this;
    if (caseId === null) memory?.removeItem(storageKey);
    else memory?.setItem(storageKey, JSON.stringify({ caseId, shop, profile }));
  }

  toggleSubject(subject: Subject): void {
    this.subject = sameSubject(this.subject, subject) ? null : subject;
  }

  /** The next shop. */
  startOver(): void {
    this.subject = null;
    this.shop = '';
    this.profile = '';
    this.diagnosis.putAway();
  }

  #diagnosed(): Diagnosed {
    const shop = this.shop.trim();
    return {
      terminalId: null,
      profile: this.profile === '' ? null : this.profile,
      shop: shop === '' ? null : shop,
    };
  }
}

function remembered(): z.infer<typeof storedSchema> | null {
  try {
    return storedSchema.parse(JSON.parse(memory?.getItem(storageKey) ?? 'null'));
  } catch {
    return null;
  }
}
