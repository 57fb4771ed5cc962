/** Scanner tests as they stand in a case: made by the test's own judge, of what was missed. */
import type { Carrier, ScannerTest } from '../../native-bridge/contract/scanner.ts';
import { judge } from '../../native-bridge/operations/scanner-test/judge.ts';
import { gradedCodes } from '../../native-bridge/pictures/codes/index.ts';

type Code = ScannerTest['codes'][number];

export interface LoopParts {
  readonly carrier?: Carrier;
  readonly missed?: (code: Code) => boolean;
  readonly skipped?: (code: Code) => boolean;
  readonly decodeMs?: number;
  readonly altered?: boolean;
  readonly atUtc?: string;
}

export const slowMs = 1_000;

export function loopTest({
  carrier = 'paper',
  missed = () => false,
  skipped = () => false,
  decodeMs = 170,
  altered = false,
  atUtc = '2026-07-01T10:18:30.000Z',
}: LoopParts = {}): ScannerTest {
  const codes = gradedCodes.map((code): Code => {
    const row: Code = { ...code, outcome: 'read', decodeMs, repeats: 0, altered };
    if (skipped(row)) return { ...row, outcome: 'skipped', decodeMs: null };
    return missed(row) ? { ...row, outcome: 'missed', decodeMs: null } : row;
  });
  const made = { codes, carrier, slowMs, foreignCount: 0, hasInverseSetting: false };
  return {
    caseId: 'case',
    terminalId: 'terminal',
    startedUtc: atUtc,
    atUtc,
    carrier,
    ended: 'all-shown',
    codes,
    foreign: { count: 0, texts: [] },
    slowMs,
    ...judge(made),
  };
}

/** What each fault of a scanner misses. */
export const misses = {
  dirty: ({ contrastPercent, damagePercent }) => contrastPercent < 50 || damagePercent > 25,
  damaged: ({ band }) => band === 'damage',
  faint: ({ band }) => band === 'contrast',
  inverted: ({ inverted }) => inverted,
  formed: ({ form }) => form !== null,
  plain: ({ number }) => number === 2,
  small: ({ sizeMm }) => sizeMm < 13,
  all: () => true,
} as const satisfies Record<string, (code: Code) => boolean>;
