/** Who is turned to about a cause, and with what in hand. */
import { describe, expect, it } from 'vitest';
import { supportCard } from '../../../native-bridge/diagnosis/knowledge/index.ts';
import { rules } from '../../../native-bridge/diagnosis/rules/index.ts';
import { shippedKnowledge } from '../../../native-bridge/terminals/knowledge.ts';

const shipped = shippedKnowledge();
const papers = (who: Parameters<typeof supportCard>[0], condition: string | null) =>
  supportCard(who, condition, shipped)?.papers.map((paper) => paper.en);

describe('the support card', () => {
  it('lists the papers of the cause, and without such the usual ones of who acts', () => {
    expect(papers('carrier', 'sim-used-up')).not.toEqual(papers('carrier', null));
    expect(papers('carrier', null)?.length).toBeGreaterThan(0);
  });

  it('is not for who is in the shop', () => {
    expect(supportCard('technician', 'payment-channel', shipped)).toBeNull();
    expect(supportCard('payer', 'payer-balance', shipped)).toBeNull();
    expect(supportCard(null, null, shipped)).toBeNull();
  });

  it('knows everybody outside of it who acts on a cause', () => {
    const outside = new Set(
      Object.values(rules)
        .filter(({ verdict }) => verdict === 'fail')
        .map(({ who }) => who)
        .filter((who) => !['technician', 'merchant', 'payer'].includes(who)),
    );
    for (const who of outside) {
      expect([who, supportCard(who, null, shipped)?.ask.length]).not.toEqual([who, undefined]);
    }
  });
});
