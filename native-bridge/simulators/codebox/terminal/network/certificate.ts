/**
 * The certificate that the terminal is shown, and what it makes of it by its own clock and its own
 * list of authorities (RFC 5280, section 6.1). A filter in between shows one of its own.
 */
import type { FaultSet } from '../../faults.ts';

export interface Certificate {
  readonly name: string;
  readonly issuer: string;
  readonly fromMs: number;
  readonly untilMs: number;
}

export type CertificateProblem = 'not yet valid' | 'expired' | 'name mismatch' | 'unknown issuer';

const DAY_MS = 86_400_000;
const LIFETIME_DAYS = 90;
const KNOWN_ISSUERS = new Set(['Training Issuing CA G2']);

/** The first day of its validity, counted from today. */
function firstDay(faults: FaultSet | null): number {
  if (faults?.has('certificate-expired-at-host') === true) return -LIFETIME_DAYS - 3;
  return faults?.has('certificate-not-yet-valid') === true ? 1 : -40;
}

/** `faults`: the payment host's; null for another host. `filtered`: somebody sits in between. */
export function shownCertificate(
  host: string,
  faults: FaultSet | null,
  filtered: boolean,
): Certificate {
  const today = Math.floor(Date.now() / DAY_MS);
  const from = today + firstDay(faults);
  const own = {
    name: faults?.has('certificate-wrong-name') === true ? 'default.edge-host.test' : host,
    issuer:
      faults?.has('certificate-unknown-issuer') === true
        ? 'Training Issuing CA G3'
        : 'Training Issuing CA G2',
    fromMs: from * DAY_MS,
    untilMs: (from + LIFETIME_DAYS) * DAY_MS,
  };
  // A filter copies name and dates, and signs with its own key.
  return filtered ? { ...own, issuer: 'LAOWANG-2F Content Filter' } : own;
}

/** By the terminal's clock; the dates first, as they are checked first. */
export function problemsOf(
  { name, issuer, fromMs, untilMs }: Certificate,
  host: string,
  clockMs: number,
): CertificateProblem[] {
  const problems: CertificateProblem[] = [];
  if (clockMs < fromMs) problems.push('not yet valid');
  if (clockMs >= untilMs) problems.push('expired');
  if (name !== host) problems.push('name mismatch');
  if (!KNOWN_ISSUERS.has(issuer)) problems.push('unknown issuer');
  return problems;
}
