/** The report's last part: who signed for the merchant, what was signed, and lines for those who have not. */
import { signatureSheet, strokePath, type SignedState } from '../../contract/signature.ts';
import { isMessageKey, isolated, marked, say, snakeOfKebab, words } from '../../wording/index.ts';
import { escapeHtml, html, Html } from './html.ts';
import type { Summary } from './summary.ts';
import { timeIn, type ReportWords } from './words.ts';

/** Lines to write on; a ticket's number only where none is known yet. */
export function signaturesPart(
  { ticket }: Summary,
  signed: SignedState | null,
  w: ReportWords,
): Html {
  const line = (
    key: 'report_ticket' | 'report_technician' | 'report_merchant_signature' | 'report_date',
  ) => html`<div><span>${words(key, {}, w.locale)}</span></div>`;
  const fields = [
    ...(ticket === null ? [line('report_ticket')] : []),
    line('report_technician'),
    signed === null ? line('report_merchant_signature') : signedLine(signed, w),
    line('report_date'),
  ];
  return html`<div class="signatures">${fields}</div>
    ${signed === null ? null : contentPart(signed, w)}`;
}

function signedLine({ atUtc, signature }: SignedState, w: ReportWords): Html {
  const { signer, form, strokes } = signature;
  const time = timeIn(w, atUtc);
  const under = isolated(
    words('report_signed_merchant', { signer: marked(signer), time }, w.locale),
  );
  const aside =
    form === 'typed'
      ? words('report_signed_typed', {}, w.locale)
      : strokes.length === 0
        ? words('report_signed_left_out', {}, w.locale)
        : null;
  return html`<div>
    ${strokes.length === 0 ? null : drawing(strokes)}
    <span>${new Html(escapeHtml(under))}${aside === null ? null : html`<br />${aside}`}</span>
  </div>`;
}

/** Of numbers and letters that need no escaping. */
function drawing(strokes: SignedState['signature']['strokes']): Html {
  const { width, height } = signatureSheet;
  const path = strokes.map(strokePath).join('');
  return new Html(
    `<svg class="drawn" viewBox="0 0 ${width} ${height}" role="img" aria-hidden="true"><path d="${path}" /></svg>`,
  );
}

function contentPart({ signature, addedKinds, intact }: SignedState, w: ReportWords): Html {
  const { locale } = w;
  const kinds = addedKinds.map((kind) => eventName(kind, locale));
  const since = !intact
    ? html`<b class="fail">✕ ${words('report_signed_altered', {}, locale)}</b>`
    : kinds.length > 0
      ? html`<span class="warn">▲ ${words('report_signed_added', { kinds }, locale)}</span>`
      : html`<span class="pass">✓ ${words('report_signed_same', {}, locale)}</span>`;
  return html`<p class="quiet">
    <code>${words('report_signed_content', { hash: signature.contentSha256 }, locale)}</code><br />
    ${since}
  </p>`;
}

/** Of a later version's kind its code. */
function eventName(kind: string, locale: ReportWords['locale']): string {
  const key = `case_event_${snakeOfKebab(kind)}`;
  return isMessageKey(key) ? say({ key, facts: {} }, locale) : kind;
}
