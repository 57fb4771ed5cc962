/** The trade knowledge as tables: how much of it there is and from where, or one part in full. */
import type { Knowledge } from '../../native-bridge/contract/knowledge.ts';
import type { Result } from '../../native-bridge/contract/requests.ts';
import { actorWord, cleanText } from '../../native-bridge/wording/index.ts';
import { table } from '../output/table.ts';
import type { Shell } from '../shell.ts';

/** Of examples one is shown. */
const shownCharacters = 80;

export function rulesOverview(
  { knowledge, files, overridden }: Result<'getKnowledge'>,
  shell: Shell,
): string {
  const { columns, style } = shell;
  const { responseCodes, phrases, acting, papers, cards } = knowledge;
  const rows = (
    [
      ['rules_part_codes', responseCodes],
      ['rules_part_phrases', phrases],
      ['rules_part_acting', acting],
      ['rules_part_papers', papers],
      ['rules_part_cards', cards],
    ] as const
  ).map(([key, entries]) => {
    const published = entries.filter((one) => 'mark' in one && one.mark === 'S').length;
    return [shell.words(key, {}), String(entries.length), published === 0 ? '' : String(published)];
  });
  const head = headOf(['rules_head_part', 'rules_head_count', 'rules_head_sources'], shell);
  const own =
    files.length === 0
      ? shell.words('rules_no_own_files', {})
      : shell.words('rules_own_files', { files });
  return [
    table(rows, { columns, head, dim: style.dim }),
    own,
    ...overridden.map(({ part, id, from, by }) =>
      shell.words('rules_overrides', { part, id, from: fromWords(from, shell), by }),
    ),
    style.dim(shell.words('rules_list_hint', {})),
  ].join('\n');
}

type Part = 'codes' | 'phrases' | 'acting' | 'papers' | 'cards';

export function rulesPartView(part: Part, knowledge: Knowledge, shell: Shell): string {
  const { columns, style } = shell;
  const { head, rows } = parts[part](knowledge, shell);
  const shown = table(rows, { columns, head, keep: [0], dim: style.dim });
  if (part === 'papers') return shown;
  return `${shown}\n${style.dim(shell.words('rules_mark_legend', {}))}`;
}

interface Table {
  readonly head: string[];
  readonly rows: string[][];
}

const parts: Readonly<Record<Part, (knowledge: Knowledge, shell: Shell) => Table>> = {
  codes: ({ responseCodes }, shell) => ({
    head: headOf(['rules_head_code', 'rules_head_words', 'rules_head_who'], shell),
    rows: responseCodes
      .toSorted((a, b) => a.code.localeCompare(b.code, 'en'))
      .map(({ code, words, who, mark, from }) => [
        code,
        marked(words[shell.locale], mark, from),
        actorWord(who, shell.locale),
      ]),
  }),
  phrases: ({ phrases }, shell) => ({
    head: headOf(
      ['rules_head_symptoms', 'rules_head_read', 'rules_head_words', 'rules_head_who'],
      shell,
    ),
    rows: phrases.map(({ symptoms, examples, words, who, mark, from }) => [
      symptoms.join(' '),
      cleanText(examples[shell.locale][0] ?? examples['zh-CN'][0] ?? '', shownCharacters),
      marked(words[shell.locale], mark, from),
      actorWord(who, shell.locale),
    ]),
  }),
  acting: ({ acting }, shell) => ({
    head: headOf(['rules_head_who', 'rules_head_words'], shell),
    rows: acting.map(({ actor, is, reach, mark, from }) => [
      actorWord(actor, shell.locale),
      marked(`${is[shell.locale]}\n${reach[shell.locale]}`, mark, from),
    ]),
  }),
  papers: ({ papers }, shell) => ({
    head: headOf(['rules_head_paper', 'rules_head_words', 'rules_head_from'], shell),
    rows: papers.map(({ id, words, from }) => [id, words[shell.locale], fromWords(from, shell)]),
  }),
  cards: ({ cards }, shell) => ({
    head: headOf(['rules_head_card', 'rules_head_title', 'rules_head_when'], shell),
    rows: cards.map(({ id, title, when, mark, from }) => [
      id,
      marked(title[shell.locale], mark, from),
      when[shell.locale],
    ]),
  }),
};

/** What is not published, and what the shop says itself, carries its sign. */
function marked(text: string, mark: 'S' | 'T', from: string): string {
  const own = from === 'shipped' ? '' : ` (${cleanText(from, 60)})`;
  return `${text}${mark === 'T' ? ' [T]' : ''}${own}`;
}

const fromWords = (from: string, shell: Shell): string =>
  from === 'shipped' ? shell.words('rules_shipped', {}) : cleanText(from, 60);

type HeadKey =
  `rules_head_${'part' | 'count' | 'sources' | 'code' | 'words' | 'who' | 'read' | 'symptoms' | 'title' | 'paper' | 'card' | 'when' | 'from'}`;

const headOf = (keys: readonly HeadKey[], shell: Shell): string[] =>
  keys.map((key) => shell.words(key, {}));
