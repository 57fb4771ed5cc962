/** `rules check FILE`, `rules list [PART]`, `rules explain TEXT|CODE`: the trade knowledge. */
import type { Command } from 'commander';
import { z } from 'zod';
import type { Symptom } from '../../native-bridge/contract/diagnosis.ts';
import { maxKnowledgeText } from '../../native-bridge/contract/knowledge.ts';
import { oneOf, readSymptom } from '../arguments/values.ts';
import { checkFile } from '../checking.ts';
import { chosenRules } from '../connect.ts';
import type { Outcome, Shell } from '../shell.ts';
import { usageError } from '../usage-error.ts';
import { explanationView } from '../views/explanation-view.ts';
import { rulesOverview, rulesPartView } from '../views/rules-view.ts';
import { addExamples, type Register } from './register.ts';

const partSchema = z.enum(['codes', 'phrases', 'acting', 'papers', 'cards']);
type Part = z.infer<typeof partSchema>;

export function addRules(parent: Command, { words, run }: Register): void {
  const rules = parent.command('rules').description(words('cli_rules_about', {}));
  const checking = rules
    .command('check')
    .description(words('cli_rules_check_about', {}))
    .argument('<file>', words('cli_argument_profile', {}))
    .action((file: string) => run('rules check', (shell) => checkFile(shell, file, 'rules')));
  const listing = rules
    .command('list')
    .description(words('cli_rules_list_about', {}))
    .argument('[part]', words('cli_argument_rules_part', {}), oneOf(partSchema, '[part]'))
    .action((part: Part | undefined) => run('rules list', (shell) => list(shell, part ?? null)));
  const explaining = rules
    .command('explain')
    .description(words('cli_rules_explain_about', {}))
    .argument('<text...>', words('cli_argument_rules_text', {}))
    .option('--symptom <S1..S5>', words('cli_option_rules_symptom', {}), readSymptom)
    .action((text: string[], { symptom = null }: { symptom?: Symptom | null }) => {
      const asked = text.join(' ');
      checkLength(asked);
      run('rules explain', (shell) => explain(shell, asked, symptom));
    });
  addExamples(checking, words, [
    ['pos-bench rules check my-rules.yaml', 'cli_example_rules_check'],
  ]);
  addExamples(listing, words, [['pos-bench rules list codes', 'cli_example_rules_list']]);
  addExamples(explaining, words, [
    ['pos-bench rules explain "收款方账户异常"', 'cli_example_rules_explain'],
    ['pos-bench rules explain 77', 'cli_example_rules_code'],
  ]);
}

function checkLength(text: string): void {
  if (text.trim() !== '' && text.length <= maxKnowledgeText) return;
  throw usageError('cli_usage_rules_text', { limit: maxKnowledgeText });
}

async function list(shell: Shell, part: Part | null): Promise<Outcome> {
  const bridge = await shell.bridge();
  const asked = { rulesFileId: await chosenRules(shell) };
  const result = await bridge.request('getKnowledge', asked, { signal: shell.signal });
  for (const warning of result.warnings) shell.note(shell.say(warning));
  shell.print(
    part === null ? rulesOverview(result, shell) : rulesPartView(part, result.knowledge, shell),
  );
  return { exit: 0, result };
}

async function explain(shell: Shell, text: string, symptom: Symptom | null): Promise<Outcome> {
  const bridge = await shell.bridge();
  const asked = { text, symptom, rulesFileId: await chosenRules(shell) };
  const result = await bridge.request('explainText', asked, { signal: shell.signal });
  for (const warning of result.warnings) shell.note(shell.say(warning));
  shell.print(explanationView(result, shell));
  return { exit: 0, result };
}
