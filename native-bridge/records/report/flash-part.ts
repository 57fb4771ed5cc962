/**
 * One verdict on a flash with its proof. A flash whose verdict was corrected at a later look has
 * two of these, in the order in which they were given.
 */
import type { FlashResult } from '../../contract/firmware.ts';
import type { ImageInspection } from '../../contract/image.ts';
import { faultWords, packageRows, say, snakeOfKebab, words } from '../../wording/index.ts';
import { html, type Html } from './html.ts';
import type { Flash, Summary } from './summary.ts';
import { settingName, timeIn, type ReportWords } from './words.ts';

const line = (text: string | null): Html | null => (text === null ? null : html`<p>${text}</p>`);

/** Verdicts whose state says what runs. */
const saidByState: ReadonlySet<FlashResult['verdict']> = new Set([
  'done',
  'done-late',
  'not-trading',
]);

export function flashPart({ atUtc, result, image, replaces }: Flash, w: ReportWords): Html {
  const { locale } = w;
  const from = result.fromVersion ?? words('value_missing', {}, locale);
  const { durationMs, sentBytes, allowed, corrects } = result;
  return html`<div class="flash">
    <p>
      <span class="quiet">${timeIn(w, atUtc)}</span> ${words('report_flashes', {}, locale)}
      ${words('report_flash_versions', { from, to: result.toVersion }, locale)}
      <b>${words(`flash_verdict_${snakeOfKebab(result.verdict)}`, {}, locale)}</b>
    </p>
    ${corrects ? html`<p class="warn">▲ ${words(lateWords(replaces), {}, locale)}</p>` : null}
    ${line(say(result.state, locale))} ${stopPart(result, w)}${recoveryPart(result, w)}
    ${image && !replaces ? imagePart(image, w) : null} ${settingsPart(result, w)}
    ${allowed.length > 0 ? line(words('report_flash_allowed', { allowed }, locale)) : null}
    ${
      corrects
        ? null
        : html`<p class="quiet">
            ${words('report_flash_took', { durationMs, sentBytes }, locale)}
          </p>`
    }
  </div>`;
}

const lateWords = (replaces: boolean) =>
  replaces ? ('report_flash_corrects' as const) : ('report_flash_late' as const);

/** What runs, where it stopped and why. */
function stopPart(result: FlashResult, { locale }: ReportWords): Html {
  const { failedPhase, fault, runningHash, runningVersion, verdict } = result;
  const running =
    !saidByState.has(verdict) && runningVersion !== null && runningHash !== null
      ? words('report_flash_running', { version: runningVersion, hash: runningHash }, locale)
      : null;
  const phase = failedPhase && words(`flash_phase_${snakeOfKebab(failedPhase)}`, {}, locale);
  const told = fault && faultWords(fault, locale);
  return html`${line(running)} ${line(phase && words('report_flash_failed_at', { phase }, locale))}
  ${told && line(`${told.what} · ${told.next}`)}`;
}

/** Its log, as far as it could be read. */
function recoveryPart({ recoveryText }: FlashResult, { locale }: ReportWords): Html | null {
  if (recoveryText === undefined) return null;
  return html`<p>${words('report_flash_recovery_text', {}, locale)}</p>
    <pre>${recoveryText.join('\n')}</pre>`;
}

function settingsPart({ settings }: FlashResult, w: ReportWords): Html | null {
  if (settings === null) return null;
  const { locale } = w;
  const { compared: count, restored, unread = [], failed, reenter, fault } = settings;
  const namesOf = (keys: readonly string[]): { names: string[] } => {
    return { names: keys.map((key) => settingName(key, w)) };
  };
  const told = fault && faultWords(fault, locale);
  const lines: Html[] = [];
  if (count > 0 && restored.length + failed.length === 0 && fault === null) {
    lines.push(html`<p>${words('report_flash_settings_same', { count }, locale)}</p>`);
  }
  if (restored.length > 0) {
    const text = words('report_flash_settings_restored', namesOf(restored), locale);
    lines.push(html`<p>${text}</p>`);
  }
  if (failed.length > 0) {
    const text = words('report_flash_settings_failed', namesOf(failed), locale);
    lines.push(html`<p class="fail">✕ ${text}</p>`);
  }
  if (unread.length > 0) {
    const text = words('report_flash_settings_unread', namesOf(unread), locale);
    lines.push(html`<p class="warn">▲ ${text}</p>`);
  }
  if (reenter.length > 0) {
    const text = words('report_flash_settings_reenter', namesOf(reenter), locale);
    lines.push(html`<p class="warn">▲ ${text}</p>`);
  }
  return html`${lines} ${told && line(`${told.what} · ${told.next}`)}`;
}

function imagePart(image: ImageInspection, w: ReportWords): Html {
  const { fileSha256, signature } = image;
  const { keyName, state } = signature;
  const signed =
    state === 'valid'
      ? words('report_flash_signed', { key: keyName ?? '' }, w.locale)
      : words(
          state === 'unsigned' ? 'report_flash_unsigned' : 'report_flash_unverified',
          {},
          w.locale,
        );
  const rows = packageRows(image, w.locale).map(({ label, value }) => `${label}: ${value}`);
  const told = rows.length > 0 ? html`<p class="quiet">${rows.join(' · ')}</p>` : null;
  return html`<p>${words('report_flash_image', { hash: fileSha256 }, w.locale)} · ${signed}</p>
    ${told}`;
}

/** Flashed and nothing diagnosed: how the flash ended is how the visit did. */
export function flashAlone(
  { outcome, flashes }: Summary,
  locale: ReportWords['locale'],
): string | null {
  const flash = flashes.at(-1)?.result;
  if (outcome !== 'not-diagnosed' || flash === undefined) return null;
  return words(`flash_verdict_${snakeOfKebab(flash.verdict)}`, {}, locale);
}
