/** What the trade knows: all of it, what a text means, and an operating card as a page. */
import { BridgeFault } from '../../contract/bridge-fault.ts';
import type { Params, Result } from '../../contract/requests.ts';
import { actorCard, meaningsOf, papersOf } from '../../diagnosis/knowledge/index.ts';
import { operatingCardPage } from '../../records/report/operating-card.ts';
import type { Context } from '../context.ts';
import { loadKnowledge } from './load.ts';

/** Throws ProfileError `rules-invalid`, `file-missing`, `file-unreadable`. */
export async function getKnowledge(
  context: Context,
  { rulesFileId }: Params<'getKnowledge'>,
): Promise<Result<'getKnowledge'>> {
  return await loadKnowledge(context, rulesFileId);
}

/** Throws as `getKnowledge`. */
export async function explainText(
  context: Context,
  { text, symptom, rulesFileId }: Params<'explainText'>,
): Promise<Result<'explainText'>> {
  const { knowledge, warnings } = await loadKnowledge(context, rulesFileId);
  const meanings = meaningsOf(text, knowledge, symptom);
  const actors = new Set(meanings.map(({ who }) => who));
  const acting = [...actors].flatMap((actor) => actorCard(actor, knowledge) ?? []);
  return {
    meanings,
    acting: acting.map((one) => ({ ...one, papers: papersOf(one.papers, knowledge) })),
    warnings,
  };
}

/** Throws as `getKnowledge`, and `card-unknown`. */
export async function makeCard(
  context: Context,
  { card, rulesFileId }: Params<'makeCard'>,
): Promise<Result<'makeCard'>> {
  const { cards } = (await loadKnowledge(context, rulesFileId)).knowledge;
  const found = cards.find(({ id }) => id === card);
  if (!found) throw new BridgeFault('card-unknown', { card, cards: cards.map(({ id }) => id) });
  return { text: operatingCardPage(found), suggestedName: `${found.id}.html` };
}
