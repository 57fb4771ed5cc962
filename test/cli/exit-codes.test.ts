import { describe, expect, it } from 'vitest';
import { exitOfDiagnosis, exitOfFault, exitOfFlash } from '../../cli/exit-codes.ts';
import type {
  Diagnosis,
  Finding,
  Question,
  Verdict,
} from '../../native-bridge/contract/diagnosis.ts';
import { faultCodeSchema } from '../../native-bridge/contract/fault.ts';
import { flashVerdictSchema } from '../../native-bridge/contract/firmware.ts';

const diagnosed = (verdicts: readonly Verdict[], more: Partial<Diagnosis> = {}) => ({
  terminalId: 'terminal',
  symptom: 'S3' as const,
  questions: [],
  findings: verdicts.map((verdict) => ({ verdict }) as Finding),
  ...more,
});

describe('exit codes', () => {
  it('are never "well" and never "findings" for a fault', () => {
    for (const code of faultCodeSchema.options) {
      expect([2, 3, 4, 5], code).toContain(exitOfFault(code));
    }
  });

  it('put every port and every refused image together', () => {
    for (const code of faultCodeSchema.options) {
      if (code.startsWith('port-') && code !== 'port-address-invalid') {
        expect(exitOfFault(code), code).toBe(3);
      }
      if (code.startsWith('image-')) expect(exitOfFault(code), code).toBe(4);
    }
  });

  it('say well only of a flash that was proved', () => {
    for (const verdict of flashVerdictSchema.options) {
      expect(exitOfFlash(verdict)).toBe(verdict.startsWith('done') ? 0 : 5);
    }
  });

  it.each([
    [['pass', 'warn', 'ask'], 0],
    [['pass', 'fail'], 1],
    [['unknown', 'ask', 'not-applicable'], 5],
  ] as const)('of a diagnosis with %j is %i', (verdicts, expected) => {
    expect(exitOfDiagnosis(diagnosed(verdicts))).toBe(expected);
  });

  it('of a diagnosis without a terminal is not "well" while questions are left', () => {
    const left = { terminalId: null, questions: [{ id: 'who-scans' } as Question] };
    expect(exitOfDiagnosis(diagnosed(['pass', 'ask'], left))).toBe(5);
    expect(exitOfDiagnosis(diagnosed(['pass', 'ask'], { ...left, questions: [] }))).toBe(0);
    expect(exitOfDiagnosis(diagnosed(['fail', 'ask'], left))).toBe(1);
  });
});
