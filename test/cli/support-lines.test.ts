/** A cause of the field's own, handed on to the acquirer, as the shell shows it. */
import { expect, it } from 'vitest';
import { makeStyle } from '../../cli/output/style.ts';
import { diagnosisView } from '../../cli/views/diagnosis-view.ts';
import { handedOn } from '../records/report-cases.ts';

const view = (locale: 'zh-CN' | 'en'): string => {
  const event = handedOn().events.find(({ kind }) => kind === 'diagnosis');
  if (event?.kind !== 'diagnosis') throw new Error('no diagnosis');
  return diagnosisView(event.diagnosis, { locale, style: makeStyle(false), columns: 100 });
};

it('the shell prints a check without a place in the guide by its name alone', () => {
  expect(view('en')).toContain('Order state');
  expect(view('zh-CN')).toContain('订单状态');
  for (const locale of ['zh-CN', 'en'] as const) expect(view(locale)).not.toMatch(/\bnull\b/u);
});

it('the shell says whom to turn to, and how the operating card is printed', () => {
  expect(view('en')).toContain('acquirer: The number stands on the slip');
  expect(view('en')).toContain('pos-bench card payer-scans-dynamic');
});
