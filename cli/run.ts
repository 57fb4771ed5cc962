/** One run of the program: parse, do, print, and the exit code. Nothing throws out of here. */
import { CommanderError } from 'commander';
import { BridgeFault } from '../native-bridge/contract/bridge-fault.ts';
import type { Locale } from '../native-bridge/contract/common.ts';
import type { Fault } from '../native-bridge/contract/fault.ts';
import { faultWords, say, words } from '../native-bridge/wording/index.ts';
import { commandPath, usageErrorOf } from './arguments/command-errors.ts';
import { globalOptions } from './arguments/global-options.ts';
import { exitOfFault, type ExitCode } from './exit-codes.ts';
import { chooseLocale } from './locale.ts';
import { makeStyle, wantsColours } from './output/style.ts';
import { buildProgram } from './program.ts';
import { Shell, type Outcome } from './shell.ts';
import { UsageError } from './usage-error.ts';
import { faultView } from './views/fault-view.ts';

type Work = (shell: Shell) => Promise<Outcome>;

export async function run(argv: readonly string[]): Promise<ExitCode> {
  const locale = chooseLocale(argv);
  const json = argv.includes('--json');
  // What the parser chose: at most one command's work, done after parsing ended.
  const chosen: { command: string; work: Work }[] = [];
  const program = buildProgram(locale, (command, work) => chosen.push({ command, work }));
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    const usage = error instanceof CommanderError ? usageErrorOf(error) : error;
    if (usage === null) return 0;
    return fail(usage, { command: null, path: commandPath(program, argv), locale, json });
  }
  const [task] = chosen;
  if (task === undefined) return 0;
  return await perform(task.command, task.work, new Shell(locale, globalOptions(program)));
}

async function perform(command: string, work: Work, shell: Shell): Promise<ExitCode> {
  shell.interrupt.announce(() => shell.note(shell.words('cli_stopping', {})));
  try {
    const { exit, result } = await work(shell);
    const said = shell.unfinished === null ? {} : { unfinished: shell.unfinished };
    const settled = shell.settledFlash === null ? {} : { settledFlash: shell.settledFlash };
    shell.publish({ command, ok: true, exitCode: exit, result, ...said, ...settled });
    return exit;
  } catch (error) {
    shell.progress.clear();
    return fail(error, {
      command,
      path: `pos-bench ${command}`,
      locale: shell.locale,
      json: shell.json,
    });
  } finally {
    // What closing may still meet is in the log; the answer is out.
    await shell.close().catch(() => undefined);
  }
}

interface Failing {
  /** The command that ran; null where the arguments were not understood. */
  readonly command: string | null;
  /** As typed, for the way to its help. */
  readonly path: string;
  readonly locale: Locale;
  readonly json: boolean;
}

function fail(error: unknown, { command, path, locale, json }: Failing): ExitCode {
  if (error instanceof UsageError) {
    const message = say(error.sentence, locale);
    if (json) printJson({ command, ok: false, exitCode: 2, usage: { ...error.sentence, message } });
    else
      process.stderr.write(
        `${message}\n${words('cli_usage_see_help', { command: path }, locale)}\n`,
      );
    return 2;
  }
  const fault = error instanceof BridgeFault ? error.fault : internalFault(error);
  const exitCode = exitOfFault(fault.code);
  if (json) {
    const { what, next } = faultWords(fault, locale, 'shell');
    printJson({ command, ok: false, exitCode, fault: { ...fault, what, next } });
  } else {
    const style = makeStyle(wantsColours(process.stderr, process.env));
    process.stderr.write(`${faultView(fault, locale, style)}\n`);
  }
  return exitCode;
}

function internalFault(error: unknown): Fault {
  const lines =
    error instanceof Error ? (error.stack ?? error.message).split('\n') : [String(error)];
  return { code: 'internal', facts: {}, trace: lines.slice(0, 8).map((line) => line.trim()) };
}

function printJson(document: object): void {
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}
