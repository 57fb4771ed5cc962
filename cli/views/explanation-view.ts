/** What a phrase or code means: the meanings best first, then whoever acts and what they want. */
import type { Acting, Meaning, Paper } from '../../native-bridge/contract/knowledge.ts';
import type { InBoth } from '../../native-bridge/contract/operating-card.ts';
import type { Result } from '../../native-bridge/contract/requests.ts';
import { actorWord } from '../../native-bridge/wording/index.ts';
import { wrap } from '../output/width.ts';
import type { Shell } from '../shell.ts';

export function explanationView({ meanings, acting }: Result<'explainText'>, shell: Shell): string {
  if (meanings.length === 0) return shell.words('rules_no_meaning', {});
  const blocks = [
    ...meanings.map((meaning) => meaningLines(meaning, shell)),
    ...acting.map((one) => actingLines(one, shell)),
  ];
  return blocks.map((lines) => lines.join('\n')).join('\n\n');
}

const indent = '  ';

function meaningLines(meaning: Meaning, shell: Shell): string[] {
  const { style, locale, columns } = shell;
  const { kind, id, words, who, papers } = meaning;
  const code = kind === 'code' ? `${shell.words('rules_meaning_code', { code: id })}  ` : '';
  const [first = '', ...rest] = wrap(`${code}${words[locale]}`, columns);
  return [
    style.bold(first),
    ...rest.map((line) => style.bold(line)),
    ...labelled('rules_who', actorWord(who, locale), shell),
    ...(papers.length === 0 ? [] : labelled('rules_papers', namesOf(papers, shell), shell)),
    ...knownLines(meaning, shell),
  ];
}

function knownLines({ mark, source, from }: Meaning, shell: Shell): string[] {
  const known = shell.words(mark === 'S' ? 'rules_mark_s' : 'rules_mark_t', {});
  const own = from === 'shipped' ? [] : [shell.words('rules_from_own', { file: from })];
  const titled =
    source === null ? [] : [source.title, ...(source.url === null ? [] : [source.url])];
  return labelled('rules_mark', [known, ...titled, ...own].join(' · '), shell).map((line) =>
    shell.style.dim(line),
  );
}

function actingLines(one: Result<'explainText'>['acting'][number], shell: Shell): string[] {
  const { style, locale } = shell;
  const { is, reach, ask, papers, actor } = one;
  return [
    style.bold(actorWord(actor, locale)),
    ...hanging(is, shell),
    ...labelled('rules_reach', reach[locale], shell),
    ...one.phones.flatMap((phone) => wrap(phoneLine(phone, shell), shell.columns - 4).map(deeper)),
    ...(ask.length === 0 ? [] : [`${indent}${shell.words('rules_ask', {})}`]),
    ...ask.flatMap((question) => bullet(question[locale], shell)),
    ...(papers.length === 0 ? [] : labelled('rules_papers', namesOf(papers, shell), shell)),
  ];
}

const deeper = (line: string): string => `${indent}${indent}${line}`;

function phoneLine({ labels, phone, source }: Acting['phones'][number], shell: Shell): string {
  const doubt = source === null ? ` ${shell.words('rules_phone_unconfirmed', {})}` : '';
  return `${labels[shell.locale]} ${phone}${doubt}`;
}

function hanging(text: InBoth, shell: Shell): string[] {
  return wrap(text[shell.locale], shell.columns - 2).map((line) => `${indent}${line}`);
}

function bullet(text: string, shell: Shell): string[] {
  return wrap(text, shell.columns - 6).map((line, at) =>
    deeper(at === 0 ? `· ${line}` : `  ${line}`),
  );
}

function labelled(
  key: 'rules_who' | 'rules_papers' | 'rules_mark' | 'rules_reach',
  text: string,
  shell: Shell,
): string[] {
  const gap = shell.locale === 'en' ? ' ' : '';
  return wrap(`${shell.words(key, {})}${gap}${text}`, shell.columns - 2).map(
    (l) => `${indent}${l}`,
  );
}

const namesOf = (papers: readonly Paper[], { locale }: Shell): string =>
  papers.map(({ words }) => words[locale]).join(locale === 'en' ? ', ' : '、');
