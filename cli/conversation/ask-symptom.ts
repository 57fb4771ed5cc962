/** The first question: which of the five complaints it is, by number, code or word. */
import { BridgeFault } from '../../native-bridge/contract/bridge-fault.ts';
import { symptomSchema, type Symptom } from '../../native-bridge/contract/diagnosis.ts';
import { symptomWords } from '../../native-bridge/wording/index.ts';
import { readAnswer } from '../input.ts';
import type { Shell } from '../shell.ts';
import { replyTo } from './reply.ts';

/** null: a routine visit. Throws `cancelled` where the work was stopped. */
export async function askSymptom(shell: Shell): Promise<Symptom | null> {
  const choices = [...symptomSchema.options, null].map((symptom) => ({
    id: symptom ?? 'routine',
    words: symptomWords(symptom, shell.locale),
  }));
  shell.note(shell.errStyle.bold(shell.words('cli_ask_symptom', {})));
  for (const [at, { id, words }] of choices.entries()) {
    const code = id === 'routine' ? '  ' : id;
    shell.note(`  ${String(at + 1)}  ${shell.errStyle.dim(code)} ${words}`);
  }
  for (;;) {
    const line = await readAnswer(shell, shell.words('cli_ask_symptom_prompt', {}));
    if (line === null) throw new BridgeFault('cancelled');
    const reply = replyTo(line, choices);
    if (reply.kind === 'stop') throw new BridgeFault('cancelled');
    if (reply.kind === 'choice') {
      return reply.id === 'routine' ? null : symptomSchema.parse(reply.id);
    }
    if (line.trim() === '') continue;
    const facts = { found: line, count: choices.length };
    shell.note(shell.words('cli_ask_not_understood', facts));
  }
}
