/** `console [PORT]`: the device's own text as it comes, and its shell. */
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { onlyPort } from '../arguments/port-argument.ts';
import type { ConsoleLine } from '../../native-bridge/contract/console.ts';
import { cleanText, formatTime } from '../../native-bridge/wording/index.ts';
import { splitCommand } from '../arguments/split-command.ts';
import { wholeNumber } from '../arguments/values.ts';
import { connect } from '../connect.ts';
import { addExamples, type Register } from './register.ts';
import type { Outcome, Shell } from '../shell.ts';
import { usageError } from '../usage-error.ts';
import { terminalLine } from '../views/terminal-view.ts';

interface Options {
  readonly run?: string;
  readonly for?: number;
}

const longestSeconds = 86_400;
/** Of `--json`, which tells all at the end: a terminal that talks for a day fills no memory. */
const mostKeptLines = 10_000;

export function addConsole(parent: Command, { words, run }: Register): void {
  const seconds = wholeNumber('--for', { min: 1, max: longestSeconds });
  const command = parent
    .command('console')
    .description(words('cli_console_about', {}))
    .argument('[port]', words('cli_argument_port', {}))
    .option('--run <command>', words('cli_option_run', {}))
    .option('--for <seconds>', words('cli_option_for', {}), seconds)
    .action((port: string | undefined, options: Options) => {
      const named = onlyPort(port);
      if (options.run !== undefined && options.for !== undefined) {
        throw usageError('cli_usage_together', { one: '--run', other: '--for' });
      }
      run('console', (shell) =>
        options.run === undefined
          ? watch(shell, named, options.for ?? null)
          : runOnce(shell, named, options.run),
      );
    });
  addExamples(command, words, [
    ['pos-bench console /dev/ttyUSB0', 'cli_example_console'],
    ['pos-bench console COM7 --run "kernel uptime"', 'cli_example_console_run'],
  ]);
}

async function runOnce(shell: Shell, port: string | null, line: string): Promise<Outcome> {
  const terminal = await connect(shell, port);
  const bridge = await shell.bridge();
  const asked = { terminalId: terminal.id, argv: splitCommand(line) };
  const result = await bridge.request('runShell', asked, { signal: shell.signal });
  shell.print(result.output.replace(/\n+$/, ''));
  return { exit: result.exitCode === 0 ? 0 : 1, result };
}

/** Until Ctrl-C, the end of stdin, or the time that was given. Lines typed go to the device's shell. */
async function watch(shell: Shell, port: string | null, seconds: number | null): Promise<Outcome> {
  const terminal = await connect(shell, port);
  const { id: terminalId } = terminal;
  shell.note(terminalLine(terminal, shell));
  shell.note(shell.words('cli_console_hint', {}));
  const stop = new AbortController();
  let lines: ConsoleLine[] = [];
  let omitted = 0;
  const ends = [shell.signal, stop.signal];
  if (seconds !== null) ends.push(AbortSignal.timeout(seconds * 1000));
  const signal = AbortSignal.any(ends);
  shell.interrupt.announce(() => undefined);
  const typed = seconds === null ? followInput(shell, terminalId, stop) : null;
  const bridge = await shell.bridge();
  try {
    await bridge.request(
      'watchConsole',
      { terminalId },
      {
        signal,
        onProgress: (batch) => {
          if (shell.json) ({ lines, omitted } = keptOf(lines, batch.lines, omitted));
          for (const line of batch.lines) shell.print(lineText(line, shell));
        },
      },
    );
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    typed?.close();
  }
  return { exit: 0, result: { lines, omitted } };
}

/** The newest lines; `omitted` counts those before them. */
export function keptOf(
  before: readonly ConsoleLine[],
  more: readonly ConsoleLine[],
  omitted: number,
): { lines: ConsoleLine[]; omitted: number } {
  const all = [...before, ...more];
  const lines = all.slice(-mostKeptLines);
  return { lines, omitted: omitted + all.length - lines.length };
}

function followInput(shell: Shell, terminalId: string, stop: AbortController) {
  const input = createInterface({ input: process.stdin, terminal: false });
  let queue = Promise.resolve();
  input.on('line', (line) => {
    const argv = splitCommand(line);
    if (argv.length === 0) return;
    queue = queue.then(async () => {
      const bridge = await shell.bridge();
      try {
        const { signal } = shell;
        const { output, exitCode } = await bridge.request(
          'runShell',
          { terminalId, argv },
          { signal },
        );
        shell.print(output.replace(/\n+$/, ''));
        if (exitCode !== 0) shell.note(shell.words('cli_shell_exit', { code: exitCode }));
      } catch (error) {
        stop.abort(error);
      }
    });
  });
  input.on('close', () => void queue.then(() => stop.abort()));
  return input;
}

function lineText(line: ConsoleLine, { style }: Shell): string {
  return `${style.dim(formatTime(line.atUtc).slice(11))} ${cleanText(line.text, 2000)}`;
}
