/** What a scanner test comes to: which bands are missed, and what that means. */
import { expect, it } from 'vitest';
import type { Carrier, ScannerTest } from '../../../native-bridge/contract/scanner.ts';
import { judge } from '../../../native-bridge/operations/scanner-test/judge.ts';
import { gradedCodes } from '../../../native-bridge/pictures/codes/index.ts';

type Code = ScannerTest['codes'][number];

function judged(
  change: (code: Code) => Partial<Code>,
  { carrier = 'screen', foreignCount = 0 }: { carrier?: Carrier; foreignCount?: number } = {},
) {
  const codes = gradedCodes.map((code): Code => {
    const row = { ...code, outcome: 'read', decodeMs: 170, repeats: 0, altered: false } as const;
    return { ...row, ...change(row) };
  });
  const hasInverseSetting = false;
  const { means, ...rest } = judge({
    codes,
    carrier,
    slowMs: 1000,
    foreignCount,
    hasInverseSetting,
  });
  const keys = means.map(({ key }) => key.replace('scanner_means_', ''));
  return { ...rest, keys: keys.filter((key) => key !== 'screen_only') };
}

const missed = { outcome: 'missed', decodeMs: null } as const;
const missing = (which: (code: Code) => boolean) => (code: Code) => (which(code) ? missed : {});

it.each<[string, (code: Code) => boolean, Carrier, string[]]>([
  ['nothing', () => false, 'screen', ['good']],
  ['plain codes', ({ number }) => number === 2, 'screen', ['unsteady']],
  ['faint codes', ({ contrastPercent }) => contrastPercent < 50, 'screen', ['faint']],
  ['all faint codes on paper', ({ band }) => band === 'contrast', 'paper', ['no_light']],
  ['all faint codes on a screen', ({ band }) => band === 'contrast', 'screen', ['faint']],
  [
    'faint and damaged codes',
    ({ contrastPercent, damagePercent }) => contrastPercent < 50 || damagePercent > 25,
    'screen',
    ['dirty'],
  ],
  [
    'the worst of the damaged',
    ({ damagePercent }) => damagePercent > 25,
    'screen',
    ['damaged_some'],
  ],
  ['all damaged codes', ({ band }) => band === 'damage', 'screen', ['corrects_nothing']],
  ['small codes', ({ sizeMm }) => sizeMm < 16, 'screen', ['small']],
  ['the large code', ({ sizeMm }) => sizeMm > 30, 'screen', ['large']],
  ['turned codes', ({ rotatedDegrees }) => rotatedDegrees % 90 > 0, 'screen', ['upright_only']],
  ['the inverted code', ({ inverted }) => inverted, 'screen', ['inverted']],
  ['all codes longer than those it reads', ({ text }) => text.length > 18, 'screen', ['length']],
  ['codes of one form', ({ form }) => form === 'wechat', 'screen', ['form']],
  [
    'small and inverted codes',
    ({ sizeMm, inverted }) => sizeMm < 13 || inverted,
    'screen',
    ['small', 'inverted'],
  ],
])('missing %s', (_what, which, carrier, keys) => {
  expect(judged(missing(which), { carrier }).keys).toEqual(keys);
});

it('reads nothing, though strangers’ codes were read, is no dead scanner', () => {
  const all = judged(() => missed, { foreignCount: 3 });
  expect(all).toMatchObject({ verdict: 'reads-nothing', keys: ['only_foreign'] });
  expect(judged(() => missed)).toMatchObject({ verdict: 'reads-nothing', keys: ['nothing'] });
});

it('what was skipped is neither good nor bad', () => {
  const skipped = { outcome: 'skipped', decodeMs: null } as const;
  expect(judged(() => skipped)).toMatchObject({ verdict: 'unknown', keys: ['unknown'] });
  const some = judged(({ band }) => (band === 'damage' ? skipped : {}));
  expect(some).toMatchObject({ verdict: 'good', keys: ['good', 'untested'] });
  expect(some.bands.find(({ band }) => band === 'damage')).toMatchObject({
    verdict: 'unknown',
    unjudged: 6,
  });
});

it('is slow by the median, not by one slow read', () => {
  expect(judged(({ number }) => (number === 9 ? { decodeMs: 2900 } : {})).verdict).toBe('good');
  expect(judged(() => ({ decodeMs: 1001 }))).toMatchObject({ verdict: 'slow', medianMs: 1001 });
  expect(judged(() => ({ decodeMs: 1000 })).verdict).toBe('good');
});

it('a terminal that tells no times is judged by what it reads', () => {
  expect(judged(() => ({ decodeMs: null }))).toMatchObject({
    verdict: 'good',
    medianMs: null,
    slowestMs: null,
  });
});

it('altered texts and strangers’ codes are said beside the verdict', () => {
  const { keys } = judged(({ number }) => ({ altered: number < 3 }), { foreignCount: 2 });
  expect(keys).toEqual(['good', 'altered', 'foreign']);
});
