/** A diagnosis as ui.md orders it: the cause, then the groups with their signs, then what to do. */
import type { Locale } from '../../native-bridge/contract/common.ts';
import {
  groupSchema,
  type Diagnosis,
  type Finding,
  type Verdict,
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
import { isLeftOpen } from '../exit-codes.ts';
import { verdictPaint, type Style } from '../output/style.ts';
import { table, type Row } from '../output/table.ts';
import { wrap } from '../output/width.ts';
import { routineView } from './routine-view.ts';
import { cardLines, supportLines } from './support-lines.ts';

export interface ViewOptions {
  readonly locale: Locale;
  readonly style: Style;
  readonly columns: number;
  /** A row for every check; else what is well or not there stands in one line a group. */
  readonly all?: boolean;
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
    ...(diagnosis.routine === null
      ? []
      : [routineView(diagnosis.routine, diagnosis.atUtc, options), '']),
    table(findingRows(findings, options), { columns, dim: style.dim }),
    style.dim(legend(findings, locale)),
  ].join('\n');
}

/** The one that matters, or that none was found. */
function causeView(diagnosis: Diagnosis, options: ViewOptions): string {
  const { locale, columns, style } = options;
  const { cause, findings } = diagnosis;
  const found = findings.find((finding) => finding.check === cause);
  if (found === undefined) return noCauseView(diagnosis, options);
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
    ...(diagnosis.support === null ? [] : supportLines(diagnosis.support, locale)),
    ...cardLines(diagnosis, locale),
  ];
  return lines.flatMap((line) => wrap(line, columns - 2)).join('\n  ');
}

function noCauseView(diagnosis: Diagnosis, { locale, style }: ViewOptions): string {
  const { symptom, findings, questions } = diagnosis;
  const judged = findings.some(({ verdict }) => verdict === 'pass' || verdict === 'warn');
  const count = findings.filter(({ verdict }) => verdict === 'fail').length;
  const isRoutine = symptom === null;
  if (count > 0) {
    const text = isRoutine
      ? words('cli_routine_findings', { count }, locale)
      : words('cli_no_cause_but_findings', {}, locale);
    return `${style.yellow('▲')} ${text}`;
  }
  if (!judged) return `? ${style.bold(words('cli_nothing_judged', {}, locale))}`;
  if (isLeftOpen(diagnosis)) return `? ${style.bold(words('cli_no_cause_yet', {}, locale))}`;
  const isAsked = questions.length === 0 ? 'cli_no_cause' : 'cli_no_cause_read';
  const well = words(isRoutine ? 'cli_routine_well' : isAsked, {}, locale);
  return `${style.green('✓')} ${style.bold(well)}`;
}

/** By the guide's order, under the name of each group; all are there, whatever they say. */
function findingRows(findings: readonly Finding[], options: ViewOptions): Row[] {
  const { locale, style, all = false } = options;
  return groupSchema.options.flatMap((group, at): Row[] => {
    const here = findings.filter((finding) => finding.group === group);
    if (here.length === 0) return [];
    const folded = all ? [] : here.filter(isFolded);
    const title = style.bold(`${String(at + 1)} ${groupLabel(group, locale)}`);
    const rows = here.filter((finding) => !folded.includes(finding));
    return [
      { title: [title, ...foldedNames(folded, options)] },
      ...rows.map((finding) => findingRow(finding, options)),
    ];
  });
}

function findingRow(finding: Finding, { locale, style }: ViewOptions): Row {
  const follows = finding.role === 'follows';
  const paint = verdictPaint(style, follows ? 'follows' : finding.verdict);
  return [
    paint(findingSign(finding)),
    `${finding.guide ?? '   '} ${checkLabel(finding.check, locale)}`,
    withRole(headlineOf(finding, locale), finding, locale),
  ];
}

const foldedVerdicts: readonly Verdict[] = ['pass', 'not-applicable', 'ask', 'unknown'];

/** Nothing in it is to be acted on: what is worth asking stands below as a step. */
const isFolded = ({ verdict, role, headline }: Finding): boolean =>
  role === 'finding' &&
  foldedVerdicts.includes(verdict) &&
  (verdict !== 'unknown' || nothingToSay.includes(headline.key));

/** Unknown, and no reading that could have been had. */
const nothingToSay = ['unread_no_source', 'unread_answer'];

/** `✓ battery · scanner  – printer`, name by name. */
function foldedNames(folded: readonly Finding[], { locale, style }: ViewOptions): string[] {
  return foldedVerdicts.flatMap((verdict) => {
    const labels = folded
      .filter((finding) => finding.verdict === verdict)
      .map(({ check }) => checkLabel(check, locale));
    const sign = verdictPaint(style, verdict)(verdictSign(verdict));
    return labels.map((label, at) => {
      const end = at < labels.length - 1 ? ' ·' : '';
      return `${at === 0 ? `  ${sign}` : ''} ${label}${end}`;
    });
  });
}

/** With the answer that speaks against it as the cause. */
function headlineOf({ headline, ruledOutBy }: Finding, locale: Locale): string {
  const text = say(headline, locale);
  if (ruledOutBy === null) return text;
  const what = say(ruledOutBy, locale);
  return words('cli_aside', { text, aside: words('cli_ruled_out_by', { what }, locale) }, locale);
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
