/** 5.2: who outside of the shop acts on a cause, how to reach them, what to ask, which papers they want. */
import type { Actor, Support } from '../../contract/diagnosis.ts';
import type { Knowledge } from '../../contract/knowledge.ts';
import { actorCard, papersForCondition, papersOf } from './lookup.ts';

/** These are in the shop already. */
const inside: readonly Actor[] = ['technician', 'merchant', 'payer'];

/** null: nobody outside has to act and no papers are needed, or nothing is known of who acts. */
export function supportCard(
  who: Actor | null,
  condition: string | null,
  knowledge: Knowledge,
): Support | null {
  const own = papersForCondition(condition, knowledge);
  if (who === null || (inside.includes(who) && own.length === 0)) return null;
  const card = actorCard(who, knowledge);
  if (card === null) return null;
  const papers = own.length > 0 ? own : papersOf(card.papers, knowledge);
  return {
    who,
    reach: card.reach,
    phones: card.phones.map(({ labels, phone, source }) => {
      return { labels, phone, confirmed: source !== null };
    }),
    ask: card.ask,
    papers: papers.map(({ words }) => words),
  };
}
