/** A diagnosis as ui.md orders it: the cause, then the groups with their signs, then what to do. */
import type { Locale } from '../../native-bridge/contract/common.ts';
import {
  groupSchema,
  type Diagnosis,
  type Finding,
} from '../../native-bridge/contract/diagnosis.ts';
import {
  actorWord,
  checkLabel,
  confidenceWords,
  findingSign,
  groupLabel,
  roleWord,
  say,
  symptomWords,
  verdictSign,
  verdictWord,
  words,
} from '../../native-bridge/wording/index.ts';
import { verdictPaint, type Style } from '../output/style.ts';
import { table, type Row } from '../output/table.ts';
import { wrap } from '../output/width.ts';

export interface ViewOptions {
  readonly locale: Locale;
  readonly style: Style;
  readonly columns: number;
}

export function diagnosisView(diagnosis: Diagnosis, options: ViewOptions): string {
  const { locale, style, columns } = options;
  const { symptom, findings } = diagnosis;
  const words = symptomWords(symptom, locale);
  const title = symptom === null ? words : `${symptom} · ${words}`;
  return [
    style.bold(title),
    '',
    causeView(diagnosis, options),
    '',
    table(findingRows(findings, options), { columns, dim: style.dim }),
    style.dim(legend(findings, locale)),
  ].join('\n');
}

/** The one that matters, or that none was found. */
function causeView({ cause, findings }: Diagnosis, options: ViewOptions): string {
  const { locale, style, columns } = options;
  const found = findings.find((finding) => finding.check === cause);
  if (found === undefined) {
    const judged = findings.some(({ verdict }) => verdict === 'pass' || verdict === 'warn');
    const failed = findings.some(({ verdict }) => verdict === 'fail');
    if (failed) return `${style.yellow('▲')} ${words('cli_no_cause_but_findings', {}, locale)}`;
    return judged
      ? `${style.green('✓')} ${style.bold(words('cli_no_cause', {}, locale))}`
      : `? ${style.bold(words('cli_nothing_judged', {}, locale))}`;
  }
  const { headline, confidence, wouldProveWrong, remedy } = found;
  const first = words('cli_cause', { headline: say(headline, locale) }, locale);
  const aside = confidenceWords(confidence, locale);
  const lines = [
    `${style.red('✕')} ${words('cli_aside', { text: style.bold(first), aside }, locale)}`,
    ...(remedy === null
      ? []
      : [
          words(
            'cli_remedy',
            { what: say(remedy.what, locale), who: actorWord(remedy.who, locale) },
            locale,
          ),
        ]),
    ...(wouldProveWrong === null
      ? []
      : [words('cli_would_be_wrong', { if: say(wouldProveWrong, locale) }, locale)]),
  ];
  return lines.flatMap((line) => wrap(line, columns - 2)).join('\n  ');
}

/** By the guide's order, under the name of each group; all are there, whatever they say. */
function findingRows(findings: readonly Finding[], options: ViewOptions): Row[] {
  const { locale, style } = options;
  const rows: Row[] = [];
  let group: Finding['group'] | null = null;
  for (const finding of findings) {
    if (finding.group !== group) {
      group = finding.group;
      const number = groupSchema.options.indexOf(group) + 1;
      rows.push({ title: style.bold(`${String(number)} ${groupLabel(group, locale)}`) });
    }
    const follows = finding.role === 'follows';
    const paint = verdictPaint(style, follows ? 'follows' : finding.verdict);
    rows.push([
      paint(findingSign(finding)),
      `${finding.guide ?? '   '} ${checkLabel(finding.check, locale)}`,
      withRole(say(finding.headline, locale), finding, locale),
    ]);
  }
  return rows;
}

function withRole(text: string, { role }: Finding, locale: Locale): string {
  switch (role) {
    case 'cause':
      return `${text} ◀ ${roleWord(role, locale)}`;
    case 'further-cause':
    case 'follows':
      return words('cli_aside', { text, aside: roleWord(role, locale) }, locale);
    case 'finding':
      return text;
  }
}

/** Only the signs that are on the screen. */
function legend(findings: readonly Finding[], locale: Locale): string {
  const verdicts = new Set(findings.map((finding) => finding.verdict));
  const parts = [...verdicts].map((v) => `${verdictSign(v)} ${verdictWord(v, locale)}`);
  const follows = findings.some((finding) => finding.role === 'follows');
  if (follows) parts.push(`${verdictSign('follows')} ${roleWord('follows', locale)}`);
  return parts.join('   ');
}
