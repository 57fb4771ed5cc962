/** What a scanner test came to: the verdict and its meaning first, then bands, times, what was missed. */
import {
  decodeTimeBins,
  type BandResult,
  type ScannerTest,
} from '../../native-bridge/contract/scanner.ts';
import {
  formatDuration,
  scannerCodeWords,
  scannerSign,
  snakeOfKebab,
  verdictSign,
} from '../../native-bridge/wording/index.ts';
import { verdictPaint } from '../output/style.ts';
import { table } from '../output/table.ts';
import { padEnd, widthOf, wrap } from '../output/width.ts';
import type { Shell } from '../shell.ts';

export function scannerView(test: ScannerTest, shell: Shell): string {
  const { means, verdict } = test;
  const shape = scannerSign(verdict);
  const sign = verdictPaint(shell.style, shape)(verdictSign(shape));
  const word = shell.words(`scanner_verdict_${snakeOfKebab(verdict)}`, {});
  const told = means.flatMap((sentence) => wrap(shell.say(sentence), shell.columns));
  return [
    `${sign} ${shell.style.bold(word)}  ${countsText(test, shell)}`,
    ...told,
    '',
    bandsTable(test, shell),
    ...missedLines(test, shell),
    ...timesLines(test, shell),
    ...foreignLines(test, shell),
  ].join('\n');
}

function countsText({ codes, carrier }: ScannerTest, shell: Shell): string {
  const count = (wanted: string) => codes.filter(({ outcome }) => outcome === wanted).length;
  const facts = { of: codes.length, read: count('read'), missed: count('missed') };
  const where = shell.words(`scanner_carrier_${carrier}`, {});
  return shell.style.dim(`${shell.words('scanner_counts', facts)} · ${where}`);
}

function bandsTable({ bands }: ScannerTest, shell: Shell): string {
  const head = [
    '',
    shell.words('scanner_head_band', {}),
    shell.words('scanner_head_read', {}),
    shell.words('scanner_head_median', {}),
  ];
  const rows = bands.map((band) => bandRow(band, shell));
  return table(rows, { columns: shell.columns, head, dim: shell.style.dim });
}

function bandRow({ band, verdict, read, missed, unjudged, medianMs }: BandResult, shell: Shell) {
  const of = read + missed + unjudged;
  return [
    verdictPaint(shell.style, verdict)(verdictSign(verdict)),
    shell.words(`scanner_band_${band}`, {}),
    unjudged > 0
      ? shell.words('scanner_unjudged', { read, of, unjudged })
      : shell.words('scanner_read_of', { read, of }),
    medianMs === null ? '–' : formatDuration(medianMs, shell.locale),
  ];
}

function missedLines({ codes }: ScannerTest, shell: Shell): string[] {
  const missed = codes.filter(({ outcome }) => outcome === 'missed');
  if (missed.length === 0) return [];
  const lines = missed.map((code) => {
    const { name, detail } = scannerCodeWords(code, shell.locale);
    return `  ${String(code.number).padStart(2)}  ${name}  ${detail}`;
  });
  return ['', shell.words('scanner_missed_codes', {}), ...lines];
}

const barCells = 40;

function timesLines(test: ScannerTest, shell: Shell): string[] {
  const { codes, medianMs, slowestMs, slowMs } = test;
  const bins = decodeTimeBins(codes.flatMap(({ decodeMs }) => decodeMs ?? []));
  if (medianMs === null || slowestMs === null) {
    const read = codes.some(({ outcome }) => outcome === 'read');
    return read ? ['', shell.words('scanner_times_none', {})] : [];
  }
  const labels = bins.map(({ fromMs, toMs }) => shell.words('scanner_bin', { fromMs, toMs }));
  const width = Math.max(...labels.map(widthOf));
  const most = Math.max(...bins.map(({ count }) => count));
  const lines = bins.map(({ count }, at) => {
    const bar = '█'.repeat(Math.ceil((count / most) * barCells));
    return `  ${padEnd(labels[at] ?? '', width)}  ${bar}${bar === '' ? '' : ' '}${count}`;
  });
  const summary = shell.words('scanner_times_summary', { medianMs, slowestMs, slowMs });
  return ['', `${shell.words('scanner_times', {})}  ${shell.style.dim(summary)}`, ...lines];
}

function foreignLines({ foreign }: ScannerTest, shell: Shell): string[] {
  if (foreign.count === 0) return [];
  return ['', shell.words('scanner_foreign_texts', { texts: [...foreign.texts] })];
}
