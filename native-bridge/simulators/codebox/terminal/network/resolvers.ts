/** Who answers for names, and from which link each can be asked. */
import type { FaultSet } from '../../faults.ts';
import type { CellState } from './cellular.ts';

export type Link = 'wifi' | 'cellular' | 'ethernet' | 'none';

export const ROUTER = '192.168.31.1';
export const CARRIER = '10.131.0.1';
/** Set as the second one by the firmware. */
export const PUBLIC = '223.5.5.5';
const PUBLIC_ONES = new Set([PUBLIC, '119.29.29.29', '114.114.114.114']);

const NAMES: Readonly<Record<string, string>> = {
  'pay.posbench.test': '203.0.113.24',
  'time.posbench.test': '203.0.113.30',
  'push.posbench.test': '203.0.113.41',
};

/** The address of a name as a resolver tells it; null where it knows none or does not answer. */
export function ask(
  server: string,
  name: string,
  {
    link,
    cell,
    faults,
  }: { readonly link: Link; readonly cell: CellState; readonly faults: FaultSet },
): string | null {
  if (!answers(server, link, faults)) return null;
  if (link === 'cellular' && cell.passes !== 'all') return null;
  return Object.hasOwn(NAMES, name) ? (NAMES[name] ?? null) : null;
}

function answers(server: string, link: Link, faults: FaultSet): boolean {
  if (link === 'none') return false;
  if (server === ROUTER) return link !== 'cellular' && !faults.has('router-dns-silent');
  if (server === CARRIER) return link === 'cellular' && !faults.has('carrier-dns-silent');
  return PUBLIC_ONES.has(server);
}
