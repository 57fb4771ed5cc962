/** The report's scanner tests: what came of each, band by band, and which codes were not read. */
import type { BandResult, ScannerTest } from '../../contract/scanner.ts';
import {
  formatDuration,
  say,
  scannerCodeWords,
  scannerSign,
  snakeOfKebab,
  verdictSign,
  words,
} from '../../wording/index.ts';
import { html, type Html } from './html.ts';
import type { Summary } from './summary.ts';
import { timeIn, type ReportWords } from './words.ts';

export function scannerPart({ scannerTests }: Summary, w: ReportWords): Html | null {
  if (scannerTests.length === 0) return null;
  return html`<h2>${words('report_scanner', {}, w.locale)}</h2>
    ${scannerTests.map((test) => testPart(test, w))}`;
}

function testPart(test: ScannerTest, w: ReportWords): Html {
  const { locale } = w;
  const { carrier, codes, means, medianMs, slowestMs, slowMs, verdict } = test;
  const shape = scannerSign(verdict);
  const times =
    medianMs === null || slowestMs === null
      ? words('scanner_times_none', {}, locale)
      : words('scanner_times_summary', { medianMs, slowestMs, slowMs }, locale);
  const missed = codes.filter(({ outcome }) => outcome === 'missed');
  const names = missed.map((code) => {
    const { name, detail } = scannerCodeWords(code, locale);
    return `${code.number} ${name} ${detail}`;
  });
  return html`<div class="flash">
    <p>
      <span class="quiet">${timeIn(w, test.atUtc)}</span>
      ${words(`scanner_carrier_${carrier}`, {}, locale)}:
      <b class="${shape}">
        ${verdictSign(shape)} ${words(`scanner_verdict_${snakeOfKebab(verdict)}`, {}, locale)}
      </b>
    </p>
    ${means.map((sentence) => html`<p>${say(sentence, locale)}</p>`)}
    <table>
      ${test.bands.map((band) => bandRow(band, w))}
    </table>
    ${
      names.length > 0
        ? html`<p>${words('scanner_missed_codes', {}, locale)}: ${names.join('; ')}</p>`
        : null
    }
    <p class="quiet">${words('scanner_times', {}, locale)}: ${times}</p>
  </div>`;
}

function bandRow({ band, verdict, read, missed, unjudged, medianMs }: BandResult, w: ReportWords) {
  const { locale } = w;
  const of = read + missed + unjudged;
  return html`<tr>
    <td>${words(`scanner_band_${band}`, {}, locale)}</td>
    <td class="sign ${verdict}">${verdictSign(verdict)}</td>
    <td>
      ${
        unjudged > 0
          ? words('scanner_unjudged', { read, of, unjudged }, locale)
          : words('scanner_read_of', { read, of }, locale)
      }
    </td>
    <td>${medianMs === null ? '–' : formatDuration(medianMs, locale)}</td>
  </tr>`;
}
