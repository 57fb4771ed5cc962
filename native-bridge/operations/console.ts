/** The console: what the device writes between frames, and commands to its shell. */
import { randomBytes } from 'node:crypto';
import { BridgeFault } from '../contract/bridge-fault.ts';
import type { ConsoleLine } from '../contract/console.ts';
import type { Params, Progress, Result } from '../contract/requests.ts';
import { pause } from '../ports/pause.ts';
import type { Wait } from '../ports/port.ts';
import {
  quoteCommand,
  tellingExitCode,
  toldExitCode,
  type ToldExit,
} from '../protocols/android/index.ts';
import { shellExecute } from '../protocols/smp/shell/index.ts';
import type { AdbSession } from '../sessions/adb/adb-session.ts';
import type { TextLogLine } from '../sessions/smp/text-log.ts';
import { androidLog, type LogText } from './android-log.ts';
import { channel } from './channel.ts';
import type { Context } from './context.ts';
import { plainContinuation, plainText } from './plain-text.ts';

const batchMs = 50;
const shellTimeoutMs = 10_000;

/** The lines so far, then new ones in batches, until cancelled or the terminal goes. */
export async function* watchConsole(
  context: Context,
  { terminalId }: Params<'watchConsole'>,
  signal: AbortSignal,
): AsyncGenerator<Progress<'watchConsole'>, Result<'watchConsole'>, void> {
  const connection = context.connections.get(terminalId);
  if (connection.session.kind === 'adb') return yield* watchAndroid(connection.adb, signal);
  const session = connection.smp;
  const lines = channel<ConsoleLine>(10_000);
  const unsubscribe = session.onText((line) => lines.push(asLine(line)));
  signal.addEventListener('abort', lines.end, { once: true });
  if (signal.aborted) lines.end();
  void session.closed.then(lines.end);
  try {
    yield { lines: session.textLines().map(asLine) };
    for (;;) {
      const batch = await lines.nextBatch(500);
      if (batch.length === 0) return {};
      yield { lines: batch };
      await pause(batchMs);
    }
  } finally {
    unsubscribe();
  }
}

async function* watchAndroid(
  session: AdbSession,
  signal: AbortSignal,
): AsyncGenerator<Progress<'watchConsole'>, Result<'watchConsole'>, void> {
  for await (const lines of androidLog(session, signal)) {
    const atUtc = new Date().toISOString();
    yield { lines: lines.map((line) => asLine({ atUtc, ...line })) };
  }
  return {};
}

/** Runs a command in the device's shell. Not repeated when the reply is lost. */
export async function* runShell(
  context: Context,
  { terminalId, argv }: Params<'runShell'>,
  signal: AbortSignal,
): AsyncGenerator<Progress<'runShell'>, Result<'runShell'>, void> {
  const connection = context.connections.get(terminalId);
  yield { asked: plainText(argv.join(' ')) };
  const hold = await connection.use('read', 'reading', null, signal);
  try {
    const wait = { timeoutMs: shellTimeoutMs, signal };
    const { session } = connection;
    if (session.kind === 'adb') {
      const { output, exitCode } = await runAndroid(session, argv, wait);
      return { output: plainText(output), exitCode };
    }
    const reply = await connection.smp.request(shellExecute, { argv }, wait);
    return { output: plainText(reply.output), exitCode: reply.exitCode };
  } finally {
    hold.release();
  }
}

async function runAndroid(
  session: AdbSession,
  argv: readonly string[],
  wait: Wait,
): Promise<ToldExit> {
  const command = quoteCommand(argv);
  if (session.banner.features.has('shell_v2')) {
    const { output, errorOutput, exitCode } = await session.shell(command, wait);
    return { output: output + errorOutput, exitCode: exitCode ?? 0 };
  }
  const marker = randomBytes(16).toString('hex');
  const { output } = await session.shell(tellingExitCode(command, marker), wait);
  const told = toldExitCode(output, marker);
  if (told) return told;
  throw new BridgeFault('reply-malformed', { command: 'shell', door: 'ADB', problem: 'cut-off' });
}

function asLine(line: TextLogLine & Partial<LogText>): ConsoleLine {
  const { atUtc, text, before = '', cutCharacters = 0 } = line;
  const shown = { atUtc, from: 'device', text: plainContinuation(before, text) } as const;
  return cutCharacters > 0 ? { ...shown, cutCharacters } : shown;
}
