/** `case add` and `case ticket`: what people show, say and note, kept with the case. */
import type { Command } from 'commander';
import {
  evidenceSubjectSchema,
  maxEvidenceCharacters,
  type CaseEvidence,
  type EvidenceSubject,
} from '../../native-bridge/contract/evidence.ts';
import { cleanText, evidenceSubjectWord } from '../../native-bridge/wording/index.ts';
import { collect, oneOf } from '../arguments/values.ts';
import { fileId } from '../connect.ts';
import { addCaseSign } from './case-sign.ts';
import { addExamples, type Register } from './register.ts';
import { caseNamed } from './report.ts';
import type { Outcome, Shell } from '../shell.ts';
import { usageError } from '../usage-error.ts';

interface AddOptions {
  readonly photo?: readonly string[];
  readonly text?: string;
  readonly note?: string;
  readonly subject: EvidenceSubject;
}

export function addCase(parent: Command, register: Register): void {
  const { words } = register;
  const group = parent.command('case').description(words('cli_case_about', {}));
  addCaseAdd(group, register);
  addCaseTicket(group, register);
  addCaseSign(group, register);
}

function addCaseAdd(group: Command, { words, run }: Register): void {
  const subjects = evidenceSubjectSchema.options.join(' | ');
  const command = group
    .command('add')
    .description(words('cli_case_add_about', {}))
    .argument('<case>', words('cli_argument_case', {}))
    .option('--photo <file>', words('cli_option_photo', {}), collect)
    .option('--text <text>', words('cli_option_evidence_text', {}))
    .option('--note <text>', words('cli_option_note', {}))
    .option(
      '--subject <what>',
      words('cli_option_subject', { subjects }),
      oneOf(evidenceSubjectSchema, '--subject'),
      'other',
    )
    .action((named: string, options: AddOptions) => {
      checkAdded(options);
      run('case add', (shell) => add(shell, named, options));
    });
  addExamples(command, words, [
    ['pos-bench case add last --photo bill.jpg --subject bill', 'cli_example_case_photo'],
    ['pos-bench case add last --text "商户收款功能受限" --subject bill', 'cli_example_case_text'],
  ]);
}

function checkAdded({ photo, text, note }: AddOptions): void {
  if (photo === undefined && text === undefined && note === undefined) {
    throw usageError('cli_usage_case_add', {});
  }
  for (const typed of [text, note]) {
    if (typed === undefined) continue;
    if (typed.trim() !== '' && typed.length <= maxEvidenceCharacters) continue;
    throw usageError('cli_usage_text_length', { limit: maxEvidenceCharacters });
  }
}

async function add(shell: Shell, named: string, options: AddOptions): Promise<Outcome> {
  const { photo: photos = [], text, note, subject } = options;
  // A wrong file name is known before anything is written.
  const files = [];
  for (const path of photos) files.push(await fileId(shell, path));
  const caseId = await caseNamed(shell, named);
  const bridge = await shell.bridge();
  const { signal } = shell;
  const evidence: CaseEvidence[] = [];
  const given = [
    ...files.map((id) => ({ form: 'photo', fileId: id }) as const),
    ...(text === undefined ? [] : [{ form: 'text', text } as const]),
  ];
  for (const one of given) {
    const added = await bridge.request(
      'addEvidence',
      { caseId, subject, evidence: one },
      { signal },
    );
    evidence.push(added);
    shell.print(addedText(added, shell));
  }
  if (files.length > 0) shell.print(shell.style.dim(shell.words('cli_photo_unmasked', {})));
  const noted =
    note === undefined ? null : await bridge.request('addNote', { caseId, text: note }, { signal });
  if (noted !== null) shell.print(shell.words('cli_note_added', noted));
  return { exit: 0, result: { caseId, evidence, note: noted?.text ?? null } };
}

function addedText(evidence: CaseEvidence, shell: Shell): string {
  const subject = evidenceSubjectWord(evidence.subject, shell.locale);
  if (evidence.form === 'text') {
    return shell.words('cli_text_added', { subject, text: cleanText(evidence.text) });
  }
  const { name, sizeBytes, sha256: hash } = evidence.photo;
  return shell.words('cli_photo_added', { subject, name, sizeBytes, hash });
}

function addCaseTicket(group: Command, { words, run }: Register): void {
  const command = group
    .command('ticket')
    .description(words('cli_case_ticket_about', {}))
    .argument('<case>', words('cli_argument_case', {}))
    .argument('<number|off>', words('cli_argument_ticket', {}))
    .action((named: string, number: string) =>
      run('case ticket', (shell) => ticket(shell, named, number)),
    );
  addExamples(command, words, [
    ['pos-bench case ticket last GD20260701-118', 'cli_example_case_ticket'],
  ]);
}

async function ticket(shell: Shell, named: string, asked: string): Promise<Outcome> {
  const caseId = await caseNamed(shell, named);
  const bridge = await shell.bridge();
  const { number } = await bridge.request(
    'setTicket',
    { caseId, number: asked === 'off' ? null : asked },
    { signal: shell.signal },
  );
  const said =
    number === null
      ? shell.words('cli_ticket_gone', {})
      : shell.words('cli_ticket_set', { number });
  shell.print(said);
  return { exit: 0, result: { caseId, number } };
}
