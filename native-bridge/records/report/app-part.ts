/** One work on an app: what was installed by whom, and what the terminal showed afterwards. */
import type { AppFile, AppResult } from '../../contract/app.ts';
import { faultWords, say, snakeOfKebab, words } from '../../wording/index.ts';
import { html, type Html } from './html.ts';
import { timeIn, type ReportWords } from './words.ts';

export function appPart(app: AppResult, w: ReportWords): Html {
  const { locale } = w;
  const { action, verdict, state, next, undo, fault, file, allowed, interruptedUtc } = app;
  const told = fault && faultWords(fault, locale);
  const startedUtc = interruptedUtc === null ? null : timeIn(w, interruptedUtc);
  const line = (text: string | null): Html | null => (text === null ? null : html`<p>${text}</p>`);
  return html`<div class="flash">
    <p>
      <span class="quiet">${timeIn(w, app.atUtc)}</span> ${words('report_apps', {}, locale)} ·
      ${words(`report_app_${snakeOfKebab(action)}`, {}, locale)} ${app.packageName}
      <b>${words(`app_verdict_${snakeOfKebab(verdict)}`, {}, locale)}</b>
    </p>
    ${line(say(state, locale))} ${line(say(next, locale))}
    ${line(told && `${told.what} · ${told.next}`)} ${file && filePart(file, w)}
    ${line(undo && say(undo, locale))}
    ${allowed.length > 0 ? line(words('report_flash_allowed', { allowed }, locale)) : null}
    ${line(startedUtc && words('report_was_interrupted', { startedUtc }, locale))}
    <p class="quiet">${words('report_app_took', { durationMs: app.durationMs }, locale)}</p>
  </div>`;
}

function filePart({ name, sizeBytes, fileSha256: hash, signature }: AppFile, w: ReportWords): Html {
  const hashes = signature?.certificates ?? [];
  return html`<p>${words('report_app_file', { name, sizeBytes, hash }, w.locale)}</p>
    ${hashes.length > 0 ? html`<p>${words('report_app_signer', { hashes }, w.locale)}</p>` : null}`;
}
