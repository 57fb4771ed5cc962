/** The report's help for people: whom to turn to about the cause, and the operating cards to leave behind. */
import type { Support } from '../../contract/diagnosis.ts';
import { cardWords, phoneWords, supportWords, words, type CardWords } from '../../wording/index.ts';
import { html, type Html } from './html.ts';
import type { Summary } from './summary.ts';
import type { ReportWords } from './words.ts';

/** Stands under the cause. */
export function supportPart(support: Support, { locale }: ReportWords): Html {
  const { actor, reach, phones, ask, papers } = supportWords(support, locale);
  const numbers = phones.map((phone) => phoneWords(phone, locale));
  return html`<dl class="support">
    ${
      reach === null
        ? null
        : row('support_who', html`<b>${actor}</b> · ${[reach, ...numbers].join(' · ')}`, locale)
    }
    ${ask.length === 0 ? null : row('support_ask', bullets(ask), locale)}
    ${papers.length === 0 ? null : row('support_papers', bullets(papers), locale)}
  </dl>`;
}

const row = (
  key: 'support_who' | 'support_ask' | 'support_papers',
  body: Html,
  locale: ReportWords['locale'],
): Html =>
  html`<dt>${words(key, {}, locale)}</dt>
    <dd>${body}</dd>`;

const bullets = (texts: readonly string[]): Html =>
  html`<ul>
    ${texts.map((text) => html`<li>${text}</li>`)}
  </ul>`;

/** Operating cards that help with the cause: what the shop does otherwise from now on. */
export function cardsPart({ cards }: Summary, { locale }: ReportWords): Html | null {
  if (cards.length === 0) return null;
  return html`<h2>${words('support_cards', {}, locale)}</h2>
    <div class="cards">${cards.map((card) => cardPart(cardWords(card, locale), locale))}</div>`;
}

function cardPart({ title, when, parts, watch }: CardWords, locale: ReportWords['locale']): Html {
  const care =
    watch.length === 0
      ? null
      : html`<p><b>${words('card_watch', {}, locale)}</b></p>
          ${bullets(watch)}`;
  return html`<div class="card">
    <p><b>${title}</b> <span class="quiet">${when}</span></p>
    ${parts.map(
      ({ device, steps }) =>
        html`<p><b>${device}</b></p>
          <ol>
            ${steps.map((step) => html`<li>${step}</li>`)}
          </ol>`,
    )}
    ${care}
  </div>`;
}
