/** What a condition of a terminal means. Data; the checks only say which conditions they saw. */
import type { Actor, CheckId, Rung, Symptom } from '../../contract/diagnosis.ts';
import type { Way } from '../../contract/operating-card.ts';

/**
 * Where we know from that a condition produces a symptom: `S` a published source (the field guide
 * among them), `T` trade knowledge that the field has yet to confirm, which costs confidence.
 */
export type Mark = 'S' | 'T';

/**
 * Where a fault sits, which is what comparisons tell apart: `shop-network` (Wi-Fi, router, its
 * line), `carrier` (SIM and mobile network), `terminal` (the device and what is set on it), `code`
 * (what hangs on the counter), `account` (the merchant's, at acquirer and bank), `platform`,
 * `payer` (the payer's wallet and card), `phone` (the merchant's), `people` (how it is operated).
 */
export type Seat =
  | 'shop-network'
  | 'carrier'
  | 'terminal'
  | 'code'
  | 'account'
  | 'platform'
  | 'payer'
  | 'phone'
  | 'people';

/** Whom or what it hits: every payment, one payer's, one wallet's, those above an amount. */
export type Reach = 'all' | 'payer' | 'wallet' | 'amount';

export interface Rule {
  readonly check: CheckId;
  /** Only what fails can be a cause. */
  readonly verdict: 'fail' | 'warn';
  /** Where it stands on the ladder; the lowest failing one is the cause. */
  readonly rung: Rung;
  /** `read` from the terminal, `derived` from what was read, `asked` of the technician. */
  readonly known: 'read' | 'derived' | 'asked';
  readonly produces: Readonly<Partial<Record<Symptom, Mark>>>;
  readonly who: Actor;
  /** New firmware is the remedy. */
  readonly flash?: true;
  readonly seat: Seat;
  /** `all` where nothing is said. */
  readonly reach?: Reach;
  /** Only where it goes this way; both where nothing is said. */
  readonly way?: Way;
  /** How often the field meets it against the others: 3 often, 1 (nothing said), 0.3 hardly ever. */
  readonly common?: 0.3 | 1 | 3;
}

export type Rules = Readonly<Record<string, Rule>>;
