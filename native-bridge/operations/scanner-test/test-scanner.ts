/**
 * The loop test of a terminal's scanner: code after code is due, and what the terminal reports as
 * read is collected until each was read, missed or skipped. Nothing is written to the terminal.
 */
import { BridgeFault } from '../../contract/bridge-fault.ts';
import type { Sentence } from '../../contract/common.ts';
import type { Params, Progress, Result } from '../../contract/requests.ts';
import type { ScannerTest } from '../../contract/scanner.ts';
import type { Connection } from '../../connections/connection.ts';
import { inspectQr } from '../../diagnosis/qr/index.ts';
import { gradedCodes } from '../../pictures/codes/index.ts';
import type { Profile, ScannerReads } from '../../terminals/profile.ts';
import { cleanText, sentence } from '../../wording/index.ts';
import type { Context } from '../context.ts';
import { theCase } from '../the-case.ts';
import { Course } from './course.ts';
import { judge } from './judge.ts';
import { openReads, type ReadSource } from './read-source.ts';

const everyMs = 250;

export async function* testScanner(
  context: Context,
  params: Params<'testScanner'>,
  signal: AbortSignal,
): AsyncGenerator<Progress<'testScanner'>, Result<'testScanner'>, void> {
  const connection = context.connections.get(params.terminalId);
  const how = waysOf(connection.profile);
  const startedUtc = new Date().toISOString();
  const course = new Course(gradedCodes, { ...params, shown: asShown }, performance.now());
  const bell = new Bell();
  const end = context.scannerTests.begin(params.terminalId, (number, answer) => {
    const taken = course.answer(number, answer, performance.now());
    bell.ring();
    return taken;
  });
  let reads: ReadSource | null = null;
  try {
    const { id: caseId } = await theCase(context, connection, params.caseId);
    reads = await openReads(connection, how, waitingFor(course), signal);
    yield* follow(course, reads, bell, signal);
    const test = { ...conclude(course, connection, params), caseId, startedUtc };
    const event = { kind: 'scanner-test', atUtc: test.atUtc, test } as const;
    await context.records.appendEvent(caseId, event);
    return test;
  } finally {
    end();
    reads?.close();
    rest(connection);
  }
}

/** Throws `scanner-missing`, `scanner-untold`. */
function waysOf({ has, scanner, model }: Profile): ScannerReads {
  if (!has.scanner) throw new BridgeFault('scanner-missing', { model });
  if (scanner === null) throw new BridgeFault('scanner-untold', { model });
  return scanner.reads;
}

/** Reads first, then the clock: a read that the line held up is no miss. */
async function* follow(
  course: Course,
  reads: ReadSource,
  bell: Bell,
  signal: AbortSignal,
): AsyncGenerator<Progress<'testScanner'>, void, void> {
  let told = course.version;
  yield course.view();
  for (;;) {
    for (const read of await reads.next(waitingFor(course), signal)) {
      course.take(read, performance.now());
    }
    course.passTime(performance.now());
    if (course.version !== told) {
      told = course.version;
      yield course.view();
    }
    if (course.ended !== null) return;
    await bell.wait(everyMs, signal);
  }
}

function waitingFor(course: Course): Sentence {
  const { due, of } = course.view();
  return sentence('activity_scanner_test', { number: due?.number ?? of, of });
}

function conclude(
  course: Course,
  { profile }: Connection,
  { terminalId, carrier }: Params<'testScanner'>,
): Omit<ScannerTest, 'caseId' | 'startedUtc'> {
  const rows = new Map(course.rows.map(({ number, ...row }) => [number, row]));
  const codes = gradedCodes.flatMap((code) => {
    const row = rows.get(code.number);
    return row ? [{ ...code, ...row }] : [];
  });
  const { foreign } = course;
  const slowMs = profile.thresholds.scannerSlowMs;
  const hasInverseSetting = profile.settings.some(({ key }) => key === 'scanner.inverse');
  return {
    terminalId,
    atUtc: new Date().toISOString(),
    carrier,
    ended: course.ended ?? 'finished',
    codes,
    foreign,
    slowMs,
    ...judge({ codes, carrier, slowMs, foreignCount: foreign.count, hasInverseSetting }),
  };
}

/** The text of a stranger's code; a payer's pays, so only its first digits. */
function asShown(text: string): string {
  return cleanText(inspectQr(text.slice(0, 512)).text, 80);
}

function rest(connection: Connection): void {
  if (connection.connected) connection.report('idle', null, null);
}

/** A pause that an answer ends. */
class Bell {
  #wake: (() => void) | null = null;

  ring(): void {
    this.#wake?.();
  }

  /** Throws the signal's reason. */
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.#wake = null;
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done, { once: true });
      this.#wake = done;
    });
    signal.throwIfAborted();
  }
}
