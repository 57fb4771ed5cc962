/**
 * Running the playbook on a terminal: the settings first, then each reading the checks need, once.
 * A check's finding is shown as soon as its readings are in; the cause is chosen at the end, when
 * all is known. Another answer is judged by what was read last.
 */
import type { Connection } from '../connections/connection.ts';
import type { SettingRow } from '../contract/correction.ts';
import { BridgeFault } from '../contract/bridge-fault.ts';
import {
  dontKnow,
  type Answers,
  type CheckId,
  type Diagnosis,
  type Finding,
} from '../contract/diagnosis.ts';
import type { Reading, ReadingName } from '../contract/reading.ts';
import type { Params, Progress, Result } from '../contract/requests.ts';
import {
  changedChecks,
  checkOrder,
  chooseCause,
  evaluate,
  questionRules,
  readingsFor,
  runPlaybook,
  type CheckInput,
} from '../diagnosis/index.ts';
import { phrasedConditions, understoodIn } from '../diagnosis/knowledge/index.ts';
import type { Context } from './context.ts';
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
  if (terminalId === null) throw new BridgeFault('terminal-unknown', { terminalId: '' });
  const answers = knownAnswers(params.answers);
  const connection = context.connections.get(terminalId);
  const { profile } = connection;
  const { knowledge } = await loadKnowledge(context, params.rulesFileId);
  const understood = understoodIn(answers, knowledge, symptom);
  const phrased = phrasedConditions(knowledge, symptom);
  const { id: caseId } = await theCase(context, connection, params.caseId, symptom);
  const readings = new Map<ReadingName, Reading>();
  let settings: readonly SettingRow[] = [];
  let clockReference: ClockOffset | null = null;
  const input = (): CheckInput => {
    const found = { readings, settings, clockReference };
    return { symptom, model: profile, ...found, answers, understood, atUtc: now() };
  };
  const last = params.reuse ? connection.lastRead : null;
  if (last?.caseId === caseId) {
    for (const reading of last.readings) readings.set(reading.name, reading);
    ({ settings, clockReference } = last);
    return await conclude(context, { caseId, connection, input: input(), phrased });
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
  return await conclude(context, { caseId, connection, input: input(), phrased });
}

/** Throws `bad-request` where an answer belongs to no question, or to no choice of it. */
function knownAnswers(answers: Answers): Answers {
  for (const [id, answer] of Object.entries(answers)) {
    const choices = questionRules.find((question) => question.id === id)?.choices;
    const fits =
      choices?.length === 0 || answer === dontKnow || choices?.some((one) => one.id === answer);
    if (choices === undefined || fits !== true) {
      const expected = choices === undefined ? questionRules : [...choices, { id: dontKnow }];
      throw new BridgeFault('bad-request', {
        path: `answers.${id}`,
        expected: expected.map((one) => one.id).join(' | '),
      });
    }
  }
  return answers;
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

interface Evidence {
  readonly caseId: string;
  readonly connection: Connection;
  readonly input: CheckInput;
  /** Conditions that exact words can show. */
  readonly phrased: ReadonlySet<string>;
}

async function conclude(
  context: Context,
  { caseId, connection, input, phrased }: Evidence,
): Promise<Diagnosis> {
  const { findings, cause, questions, contradictions } = runPlaybook(input, phrased);
  const before = await lastDiagnosis(context, caseId);
  const diagnosis: Diagnosis = {
    caseId,
    terminalId: connection.terminalId,
    symptom: input.symptom,
    atUtc: input.atUtc,
    findings,
    cause,
    questions,
    contradictions,
    answers: input.answers,
    changed: before ? changedChecks(before.findings, findings) : [],
  };
  const atUtc = now();
  const readings = [...input.readings.values()];
  await context.records.appendEvent(caseId, { kind: 'readings', atUtc, readings });
  await context.records.appendEvent(caseId, { kind: 'diagnosis', atUtc, diagnosis });
  connection.lastCause = cause;
  return diagnosis;
}

async function lastDiagnosis(context: Context, caseId: string): Promise<Diagnosis | null> {
  const { events } = await context.records.getCase(caseId);
  const last = events.findLast((event) => event.kind === 'diagnosis');
  return last?.diagnosis ?? null;
}

function now(): string {
  return new Date().toISOString();
}
