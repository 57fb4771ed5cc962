/** 5.2 Support, once the cause is known: whom to call about it and what to ask. Pure. */
import type { Actor, Finding } from '../contract/diagnosis.ts';
import { actorWord, perLocale, say, sentence, snakeOfKebab } from '../wording/index.ts';

type Outside = Exclude<Actor, 'technician' | 'merchant' | 'payer'>;

/** The rest are in the shop already. */
const isOutside = (actor: Actor): actor is Outside =>
  !['technician', 'merchant', 'payer'].includes(actor);

/** The support finding for this cause. */
export function supportFor(support: Finding, cause: Finding): Finding {
  const who = cause.remedy?.who;
  if (who === undefined || !isOutside(who)) {
    return { ...support, headline: sentence('support_nobody', {}) };
  }
  const headline = sentence('support_call', {
    actor: perLocale((locale) => actorWord(who, locale)),
    cause: perLocale((locale) => say(cause.headline, locale)),
  });
  const what = sentence(`support_ask_${snakeOfKebab(who)}`, {});
  return {
    ...support,
    verdict: 'warn',
    headline,
    confidence: cause.confidence,
    remedy: { what, who, settings: [], flash: false, test: null },
  };
}
