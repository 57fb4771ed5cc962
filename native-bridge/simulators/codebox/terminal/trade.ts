/**
 * The terminal's standing with its acquirer: activated, parameters and main key downloaded, signed
 * in today, and what the host answered to the last payment (ISO 8583, field 39). One step rests on
 * the one before; a tamper switch that was set off erases the keys.
 */
import type { FaultSet } from '../faults.ts';
import type { Settings } from './settings.ts';

export interface Standing {
  readonly activated: boolean;
  readonly parameters: boolean;
  readonly mainKey: 'present' | 'missing' | 'erased';
  readonly signedIn: boolean;
  readonly tampered: boolean;
  /** Null where nothing was sent to the host today. */
  readonly lastResponse: string | null;
}

export interface Apps {
  readonly installed: readonly string[];
  readonly preferred: string;
}

/** As the host words them on the slip. */
export const responseTexts: Readonly<Record<string, string>> = {
  '00': 'approved',
  '03': 'no such merchant',
  '77': 'sign in again',
  '97': 'terminal not registered',
  A0: 'sign in again, message check failed',
};

/** Merchants that the acquirer has. */
const MERCHANTS = new Set(['898310048160001', '898310048160999', '898310048168888']);
const OWN_APP = 'cn.posbench.pay';
const OTHER_APP = 'cn.otherpay.pos';

export function standing(faults: FaultSet, settings: Settings): Standing {
  const activated = !faults.has('not-activated');
  const tampered = faults.has('tampered');
  const parameters = activated && !faults.has('parameters-missing');
  const hasKey = activated && !faults.has('main-key-missing');
  const mainKey = tampered ? 'erased' : hasKey ? 'present' : 'missing';
  const signedIn = parameters && mainKey === 'present' && !faults.has('not-signed-in');
  const before = { activated, parameters, mainKey, signedIn, tampered } as const;
  return { ...before, lastResponse: lastResponse(before, faults, settings) };
}

function lastResponse(
  { activated, parameters, mainKey, signedIn, tampered }: Omit<Standing, 'lastResponse'>,
  faults: FaultSet,
  settings: Settings,
): string | null {
  if (tampered) return null;
  if (!activated) return '97';
  if (!parameters) return null;
  if (mainKey !== 'present') return 'A0';
  if (!signedIn) return '77';
  if (!MERCHANTS.has(settings.active('pay/mid'))) return '03';
  return faults.has('device-not-filed') ? '97' : '00';
}

export function apps(faults: FaultSet): Apps {
  if (!faults.has('two-acquirers')) return { installed: [OWN_APP], preferred: OWN_APP };
  return { installed: [OWN_APP, OTHER_APP], preferred: OTHER_APP };
}
