/**
 * TLS: the payment host's certificate as the terminal is shown it. What this computer is shown of
 * the same host tells a host's own fault from a filter in between.
 */
import type { CheckInput } from '../input.ts';
import { look, observe, outcome, type Check, type Observation } from '../check.ts';
import { fromReadings } from '../evidence.ts';
import type { Seen } from '../seen.ts';
import { sentence } from '../../wording/index.ts';
import { asFarAsItMatters } from '../ways.ts';

export const tls: Check = {
  id: 'tls',
  rung: 'tls',
  needs: ['network.tls'],
  also: ['computer.tls', 'qr.mode', 'qr.presented'],
  needsSettings: false,
  look(input, seen) {
    const verified = seen.named('network.tls');
    if (verified === null) {
      // Without a connection there was none to look at.
      const why = seen.offered('network.tls') ? 'unread_tls_untried' : 'unread_no_source';
      return look({ otherwise: outcome('unknown', sentence(why, {})) });
    }
    const evidence = fromReadings(input, 'network.tls', 'computer.tls');
    const found = faults(input, seen, verified);
    return look({
      observations: asFarAsItMatters(found, input, seen),
      otherwise: outcome('pass', sentence('fine_tls', {}), evidence),
    });
  },
};

function faults(input: CheckInput, seen: Seen, verified: string): Observation[] {
  if (verified === 'ok') return [];
  const evidence = fromReadings(input, 'network.tls', 'computer.tls');
  const elsewhere = seen.peek('computer.tls');
  const isWellElsewhere = elsewhere === 'ok';
  const agreement = elsewhere === verified ? 1 : isWellElsewhere ? -1 : 0;
  const backing = { evidence, agreement };
  switch (verified) {
    case 'expired':
      return [observe('tls-expired', {}, backing)];
    case 'not-yet-valid':
      return [observe('tls-not-yet-valid', {}, backing)];
    case 'name':
    case 'issuer':
      if (isWellElsewhere) return [observe('tls-intercepted', {}, { evidence, agreement: 1 })];
      return [
        verified === 'name' ? observe('tls-name', {}, backing) : observe('tls-issuer', {}, backing),
      ];
    default:
      return [observe('tls-failed', {}, backing)];
  }
}
