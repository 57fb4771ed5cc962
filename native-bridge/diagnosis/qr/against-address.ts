/**
 * An address against the one that is expected: host and whole path, as a browser reads them. Where
 * nobody says which is expected, the terminal's own screen does, as far as its code stays the same.
 */
import type { QrComparison } from '../../contract/qr.ts';
import { sentence } from '../../wording/index.ts';
import type { CheckInput } from '../input.ts';
import { addressOf, differingPart, looksLikeAddress, type Address } from './address.ts';
import { compared } from './comparison.ts';
import { expected, known, read, type Known } from './known.ts';
import { platformOf } from './places.ts';

export function compareAddress(text: string, input: CheckInput): QrComparison[] {
  const address = addressOf(text);
  return [...place(address, input), ...method(address, input)];
}

const shown = ({ scheme, host, port, rest }: Address): string =>
  `${scheme}://${host}${port === '' ? '' : `:${port}`}${rest}`;

function place(address: Address, input: CheckInput): QrComparison[] {
  const agreed = expected(input, 'qr.payload');
  const own = agreed ?? read(input, 'qr.payload');
  const topic = sentence('qr_topic_address', {});
  if (own === null || !looksLikeAddress(own.value)) {
    const sides = { found: shown(address), known: null };
    return [compared(topic, 'unknown', sentence('qr_against_unknown', {}), sides)];
  }
  const other = addressOf(own.value);
  const part = differingPart(address, other);
  const sides = { found: shown(address), known: { ...own, value: shown(other) } };
  if (part === null) return [compared(topic, 'pass', sentence('qr_against_same_place', {}), sides)];
  if (part === 'host')
    return [compared(topic, 'fail', sentence('qr_against_other_host', {}), sides)];
  if (part === 'scheme') return [compared(topic, 'warn', sentence('qr_against_scheme', {}), sides)];
  const changes = agreed === null && read(input, 'qr.mode')?.value !== 'static';
  return [
    changes
      ? compared(topic, 'unknown', sentence('qr_against_same_host', {}), sides)
      : compared(topic, 'fail', sentence('qr_against_other_path', {}), sides),
  ];
}

/** A wallet's own code where the terminal does not take that wallet. */
function method(address: Address, input: CheckInput): QrComparison[] {
  const own: Known | null = known(input, 'payment.methods');
  const platform = platformOf(address);
  if (own === null || platform === null) return [];
  const topic = sentence('qr_topic_method', {});
  const takes = own.value.toLowerCase().split(/[^a-z]+/u);
  const sides = { found: sentence(platform.platform, {}), known: own };
  if (takes.includes(platform.method)) {
    return [compared(topic, 'pass', sentence('qr_against_method', {}), sides)];
  }
  return [compared(topic, 'warn', sentence('qr_against_no_method', {}), sides)];
}
