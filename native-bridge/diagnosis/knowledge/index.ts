/** The trade knowledge as the diagnosis uses it: pure look-ups in data that others read. */
export { knownConditions } from './conditions.ts';
export { findPhrases } from './find-phrases.ts';
export {
  actorCard,
  codeIn,
  meaningsOf,
  papersForCondition,
  papersOf,
  responseCode,
} from './lookup.ts';
export { cardsFor } from './cards.ts';
export { supportCard } from './support-card.ts';
export { phrasedConditions, understoodIn } from './understood.ts';
