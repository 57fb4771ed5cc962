/** A scanner test in the shell: says which code is due, takes the keys, and holds codes in practice. */
import type { Bridge } from '../../native-bridge/bridge.ts';
import type { ParamsInput } from '../../native-bridge/contract/requests.ts';
import type {
  CodeRow,
  DrawnCode,
  ScannerProgress,
  ScannerTest,
} from '../../native-bridge/contract/scanner.ts';
import {
  formatDuration,
  scannerCodeWords,
  snakeOfKebab,
} from '../../native-bridge/wording/index.ts';
import { canAsk } from '../input.ts';
import { watchKeys } from '../keys.ts';
import type { Shell } from '../shell.ts';

/** Holds a code before a simulated scanner; false: it will not read it. */
export type Holder = (number: number) => Promise<boolean>;
type Answer = ParamsInput<'answerScannerTest'>['answer'];

const answers: Readonly<Record<string, Answer>> = { n: 'missed', s: 'skip', q: 'finish' };

export async function runScannerTest(
  shell: Shell,
  params: ParamsInput<'testScanner'>,
  hold: Holder | null,
): Promise<ScannerTest> {
  const bridge = await shell.bridge();
  const { codes } = await bridge.request('scannerCodes', {}, { signal: shell.signal });
  const { terminalId } = params;
  let due = 0;
  const say = (number: number, answer: Answer): void =>
    void told(bridge, terminalId, number, answer);
  const giveBack = watchKeys(shell, (key) => {
    const answer = answers[key];
    if (answer !== undefined && due > 0) say(due, answer);
  });
  const onProgress = (progress: ScannerProgress): void => {
    const number = progress.due?.number ?? 0;
    shell.progress.show(progressText(progress, codes, shell), `code ${number}`);
    if (number === due) return;
    due = number;
    if (number > 0 && hold) {
      void hold(number).then(
        (reads) => (reads ? undefined : say(number, 'missed')),
        () => undefined,
      );
    }
  };
  try {
    return await bridge.request('testScanner', params, { signal: shell.signal, onProgress });
  } finally {
    giveBack();
    shell.progress.clear();
  }
}

/** One that comes too late, as when the code was read meanwhile, says nothing. */
async function told(
  bridge: Bridge,
  terminalId: string,
  number: number,
  answer: Answer,
): Promise<void> {
  await bridge.request('answerScannerTest', { terminalId, number, answer }).catch(() => undefined);
}

function progressText(
  { due, of, rows }: ScannerProgress,
  codes: readonly DrawnCode[],
  shell: Shell,
): string {
  const code = codes.find(({ number }) => number === due?.number);
  if (code === undefined) return '';
  const { name, detail } = scannerCodeWords(code, shell.locale);
  const what = `${name} ${detail}`;
  const asked = shell.words('cli_scanner_due', { number: code.number, of, what });
  const last = rows.findLast(({ outcome }) => outcome !== 'waiting');
  const before = last === undefined ? '' : `${lastText(last, shell)} · `;
  const keys = canAsk(shell) ? ` · ${shell.words('cli_scanner_keys', {})}` : '';
  return `${before}${asked}${keys}`;
}

function lastText({ number, outcome, decodeMs }: CodeRow, shell: Shell): string {
  const word = shell.words(`scanner_outcome_${snakeOfKebab(outcome)}`, {});
  const time = decodeMs === null ? '' : ` ${formatDuration(decodeMs, shell.locale)}`;
  return shell.words('cli_scanner_last', { number, outcome: `${word}${time}` });
}
