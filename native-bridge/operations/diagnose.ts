/**
 * Running the playbook on a terminal: the settings first, then each reading the checks need, once.
 * A check's finding is shown as soon as its readings are in; the cause is chosen at the end, when
 * all is known. Another answer is judged by what was read last.
 */
import type { Connection } from '../connections/connection.ts';
import type { SettingRow } from '../contract/correction.ts';
import type { CheckId, Diagnosis, Finding } from '../contract/diagnosis.ts';
import type { Knowledge } from '../contract/knowledge.ts';
import type { Reading, ReadingName } from '../contract/reading.ts';
import type { Params, Progress, Result } from '../contract/requests.ts';
import {
  checkOrder,
  chooseCause,
  evaluate,
  readingsFor,
  type CheckInput,
} from '../diagnosis/index.ts';
import { understoodIn } from '../diagnosis/knowledge/index.ts';
import type { Context } from './context.ts';
import { conclude } from './diagnosis/conclude.ts';
import { knownAnswers } from './diagnosis/known-answers.ts';
import { routineVisit } from './diagnosis/routine-visit.ts';
import { scannerTestsOf } from './diagnosis/scanner-tests.ts';
import { diagnoseWithoutTerminal } from './diagnosis/without-terminal.ts';
import { loadKnowledge } from './knowledge/load.ts';
import { bothSides } from './readings/both-sides.ts';
import type { ClockOffset } from './readings/computer-side.ts';
import { theCase } from './the-case.ts';

export async function* diagnose(
  context: Context,
  params: Params<'diagnose'>,
  signal: AbortSignal,
): AsyncGenerator<Progress<'diagnose'>, Result<'diagnose'>, void> {
  const { terminalId, symptom } = params;
  if (terminalId === null) return await diagnoseWithoutTerminal(context, params);
  const answers = knownAnswers(params.answers);
  const connection = context.connections.get(terminalId);
  const { profile } = connection;
  const { knowledge } = await loadKnowledge(context, params.rulesFileId);
  const understood = understoodIn(answers, knowledge, symptom);
  const { id: caseId } = await theCase(context, connection, params.caseId, {
    symptom,
    isRoutine: symptom === null,
    shop: params.shop,
  });
  const scannerTests = await scannerTestsOf(context, caseId, profile);
  const read = { caseId, connection, knowledge };
  const readings = new Map<ReadingName, Reading>();
  let settings: readonly SettingRow[] = [];
  let clockReference: ClockOffset | null = null;
  const input = (): CheckInput => {
    const found = { readings, settings, clockReference, scannerTests };
    return { symptom, model: profile, ...found, answers, understood, atUtc: now() };
  };
  const last = params.reuse ? connection.lastRead : null;
  if (last?.caseId === caseId) {
    for (const reading of last.readings) readings.set(reading.name, reading);
    ({ settings, clockReference } = last);
    return await finish(context, { ...read, input: input(), isNew: false });
  }
  const waiting = checkOrder.map((id) => ({ id, missing: new Set(readingsFor(id, profile)) }));
  const names = [...new Set(waiting.flatMap(({ missing }) => [...missing]))];
  for await (const arrived of bothSides(context, connection, names, signal)) {
    if ('sampling' in arrived) {
      yield arrived;
    } else if ('settings' in arrived) {
      settings = arrived.settings;
      yield* ready(waiting, null, input);
    } else if ('reading' in arrived) {
      readings.set(arrived.reading.name, arrived.reading);
      yield* ready(waiting, arrived.reading.name, input);
    } else {
      clockReference = arrived.clock;
    }
  }
  connection.lastRead = { caseId, readings: [...readings.values()], settings, clockReference };
  return await finish(context, { ...read, input: input(), isNew: true });
}

interface Waiting {
  readonly id: CheckId;
  readonly missing: Set<ReadingName>;
}

/** The findings that `arrived` (null: the settings) made possible. */
function* ready(
  waiting: readonly Waiting[],
  arrived: ReadingName | null,
  input: () => CheckInput,
): Generator<{ finding: Finding }, void, void> {
  for (const { id, missing } of waiting) {
    const wasWaiting = arrived === null || missing.delete(arrived);
    if (wasWaiting && missing.size === 0) yield* shown(id, input());
  }
}

/** One check's finding; what it is beside the others is not known before the end. */
function* shown(id: CheckId, input: CheckInput): Generator<{ finding: Finding }, void, void> {
  const { findings } = chooseCause([evaluate(id, input)], input.symptom);
  for (const finding of findings) yield { finding: { ...finding, role: 'finding' } };
}

interface Read {
  readonly caseId: string;
  readonly connection: Connection;
  readonly input: CheckInput;
  readonly knowledge: Knowledge;
  /** What it rests on was read just now. */
  readonly isNew: boolean;
}

async function finish(
  context: Context,
  { caseId, connection, input, knowledge, isNew }: Read,
): Promise<Diagnosis> {
  const { terminalId, profile } = connection;
  const { symptom, atUtc } = input;
  const computerAheadMs = input.clockReference?.offsetMs ?? null;
  const visit = {
    caseId,
    terminalId,
    profile,
    now: { readings: [...input.readings.values()], computerAheadMs },
    atUtc,
  };
  const diagnosis = await conclude(context, {
    caseId,
    terminalId,
    input,
    knowledge,
    isNew,
    computerAheadMs,
    routine: async (judged) =>
      symptom === null ? await routineVisit(context, judged, visit) : null,
  });
  connection.remark({ lastCause: diagnosis.cause });
  return diagnosis;
}

function now(): string {
  return new Date().toISOString();
}
