/** What is read from the keyboard or a pipe: a line, a yes, a secret that must not stand in a history. */
import { createInterface } from 'node:readline';
import type { Shell } from './shell.ts';

/** One line of stdin, without its end; empty where stdin is at its end or the work was stopped. */
async function readLine(shell: Shell, prompt: string): Promise<string> {
  return (await readAnswer(shell, prompt)) ?? '';
}

/** As `readLine`; null where stdin is at its end or the work was stopped. */
export async function readAnswer(shell: Shell, prompt: string): Promise<string | null> {
  if (isStopped(shell)) return null;
  if (process.stdin.isTTY) return await readTyped(shell, prompt);
  piped ??= new PipedLines();
  return await piped.next(shell.signal);
}

/** One for the process: what a reader has taken from a pipe beyond its line, no other would see. */
let piped: PipedLines | null = null;

class PipedLines {
  readonly #reader = createInterface({ input: process.stdin, terminal: false });
  readonly #lines: string[] = [];
  #ended = false;
  #wake: () => void = () => undefined;

  constructor() {
    this.#reader.on('line', (line) => {
      this.#lines.push(line);
      this.#wake();
    });
    this.#reader.on('close', () => {
      this.#ended = true;
      this.#wake();
    });
  }

  /** null: at its end, or the work was stopped. */
  async next(signal: AbortSignal): Promise<string | null> {
    const stop = () => this.#wake();
    signal.addEventListener('abort', stop, { once: true });
    while (this.#lines.length === 0 && !this.#ended && !signal.aborted) {
      this.#reader.resume();
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    signal.removeEventListener('abort', stop);
    // Between questions an open pipe keeps no program running.
    if (!this.#ended) this.#reader.pause();
    return this.#lines.shift() ?? null;
  }
}

async function readTyped(shell: Shell, prompt: string): Promise<string | null> {
  const lines = createInterface({
    input: process.stdin,
    // The prompt is for people; stdout belongs to the answer.
    output: process.stderr,
    terminal: true,
  });
  const stop = () => lines.close();
  shell.signal.addEventListener('abort', stop, { once: true });
  // A terminal in raw mode gives Ctrl-C to the reader, not to the process.
  lines.on('SIGINT', () => {
    endLine(shell);
    process.emit('SIGINT');
  });
  try {
    const line = await new Promise<string | null>((resolve) => {
      lines.once('close', () => resolve(null));
      lines.question(canAsk(shell) ? prompt : '', resolve);
    });
    if (line === null && !isStopped(shell)) endLine(shell);
    return line;
  } finally {
    shell.signal.removeEventListener('abort', stop);
    lines.close();
  }
}

/** Asked anew each time: it changes while a line is waited for. */
const isStopped = (shell: Shell): boolean => shell.signal.aborted;

/** A prompt that was left stands alone on its line: what is said next begins on a new one. */
function endLine(shell: Shell): void {
  if (canAsk(shell)) process.stderr.write('\n');
}

/** The value of a secret setting: typed (it shows, as on the terminal itself) or piped in; null: none. */
export async function readSecret(shell: Shell, key: string): Promise<string | null> {
  return await readAnswer(shell, shell.words('cli_ask_secret', { key }));
}

/** The first line of a pipe, or what a scanner types. */
export async function readCode(shell: Shell): Promise<string> {
  return await readLine(shell, shell.words('cli_ask_qr', {}));
}

/** True only for the very word that was asked for. */
export async function confirm(shell: Shell, question: string, word: string): Promise<boolean> {
  const answer = await readLine(shell, question);
  return answer.trim().toLowerCase() === word;
}

/** Asked again until it is one of both; null: not answered, or nobody there. */
export async function askYesNo(shell: Shell, question: string): Promise<boolean | null> {
  for (;;) {
    const answer = (await readLine(shell, question)).trim().toLowerCase();
    if (answer === 'yes' || answer === 'y') return true;
    if (answer === 'no' || answer === 'n') return false;
    if (answer === '') return null;
  }
}

export const canAsk = (shell: Shell): boolean => process.stdin.isTTY && !shell.json;
