/** The scan engine: its self-test, and what it reads of a code that is held before it. */
import type { Device } from './device.ts';
import { scannerTest } from './vendor-status.ts';

const DECODE_MS = 85;
const SLOW_DECODE_MS = 680;

/** Both vendors log it; the text of a self-test is what the vendor's app says. */
export function selfTest(device: Device): { readonly result: number; readonly text: string } {
  const text = scannerTest(device.faults);
  device.log.add(text === 'ok' ? 'I' : 'E', 'ScanService', `self-test: ${text}`);
  return { result: text === 'ok' ? 0 : 1, text };
}

/** Of the codewords that can be put right, in percent (ISO/IEC 18004). */
const correctable = { L: 7, M: 15, Q: 25, H: 30 } as const;
type CodeLevel = keyof typeof correctable;

export const isCodeLevel = (level: unknown): level is CodeLevel =>
  typeof level === 'string' && Object.hasOwn(correctable, level);

export interface Presented {
  readonly text: string;
  /** Of the code's surface. */
  readonly damagePercent: number;
  /** Of error correction. */
  readonly level: CodeLevel;
  readonly inverted: boolean;
}

/** Null: it does not read it. */
export function present(device: Device, code: Presented): number | null {
  const { faults } = device;
  const limit = faults.has('scanner-misses-damaged') ? 2 : correctable[code.level];
  const reads =
    !faults.has('scanner-dead') &&
    device.packages.get(device.model.apps.scanner.name)?.enabled !== 'disabled-user' &&
    !(code.inverted && device.settings.merchant('scan_inverse') !== '1') &&
    code.damagePercent <= limit;
  if (!reads) return null;
  const ms = faults.has('scanner-slow') ? SLOW_DECODE_MS : DECODE_MS;
  device.log.add('I', 'ScanService', `decoded in ${ms} ms: ${code.text}`);
  return ms;
}
