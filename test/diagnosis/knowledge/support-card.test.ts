/** Who is turned to about a cause, and with what in hand. */
import { describe, expect, it } from 'vitest';
import { cardsFor, supportCard } from '../../../native-bridge/diagnosis/knowledge/index.ts';
import { conditionIds, rules } from '../../../native-bridge/diagnosis/rules/index.ts';
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

describe('the operating cards of a cause', () => {
  const cards = (condition: string | null, way: Parameters<typeof cardsFor>[1] = null) =>
    cardsFor(condition, way, shipped).map(({ id }) => id);

  it('are those that name it, of either way of scanning while nobody said which', () => {
    expect(cards('sign-in-needed')).toEqual(['sign-in']);
    expect(cards('operation-not-waiting')).toEqual(['payer-scans-dynamic', 'merchant-scans']);
    expect(cards('sim-used-up')).toEqual([]);
    expect(cards(null)).toEqual([]);
  });

  it('leave out those of the other way of scanning once it is known', () => {
    expect(cards('operation-not-waiting', 'merchant-scans')).toEqual(['merchant-scans']);
    expect(cards('operation-mode', 'payer-scans')).toEqual(['payer-scans-dynamic', 'refund-void']);
  });

  it('are there for every remedy that leaves one', () => {
    const taught = conditionIds.filter((id) => id.startsWith('operation-'));
    expect(taught.filter((id) => cards(id).length === 0)).toEqual([]);
  });
});
