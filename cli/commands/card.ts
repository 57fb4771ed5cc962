/** `card [NAME] [-o FILE]`: an operating card to leave behind, as a page in both languages. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { chosenRules } from '../connect.ts';
import type { Outcome, Shell } from '../shell.ts';
import { rulesPartView } from '../views/rules-view.ts';
import { addExamples, type Register } from './register.ts';
import { writeReport } from '../write-report.ts';

export function addCard(parent: Command, { words, run }: Register): void {
  const command = parent
    .command('card')
    .description(words('cli_card_about', {}))
    .argument('[name]', words('cli_argument_card', {}))
    .option('-o, --output <file>', words('cli_option_card_output', {}))
    .action((name: string | undefined, { output }: { output?: string }) =>
      run('card', (shell) => (name === undefined ? list(shell) : card(shell, name, output))),
    );
  addExamples(command, words, [
    ['pos-bench card', 'cli_example_card_list'],
    ['pos-bench card payer-scans-dynamic -o card.html', 'cli_example_card'],
  ]);
}

async function list(shell: Shell): Promise<Outcome> {
  const bridge = await shell.bridge();
  const asked = { rulesFileId: await chosenRules(shell) };
  const { knowledge, warnings } = await bridge.request('getKnowledge', asked, {
    signal: shell.signal,
  });
  for (const warning of warnings) shell.note(shell.say(warning));
  shell.print(rulesPartView('cards', knowledge, shell));
  shell.print(shell.words('card_list_hint', {}));
  return { exit: 0, result: { cards: knowledge.cards, warnings } };
}

async function card(shell: Shell, name: string, output: string | undefined): Promise<Outcome> {
  const bridge = await shell.bridge();
  const asked = { card: name, rulesFileId: await chosenRules(shell) };
  const { text, suggestedName } = await bridge.request('makeCard', asked, {
    signal: shell.signal,
  });
  if (output === undefined) {
    shell.print(text);
    return { exit: 0, result: { card: name, suggestedName, text } };
  }
  const file = resolve(output);
  await writeReport(file, text);
  shell.print(shell.words('card_written', { file }));
  return { exit: 0, result: { card: name, file, sizeBytes: Buffer.byteLength(text) } };
}
