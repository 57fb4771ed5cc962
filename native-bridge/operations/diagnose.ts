/**
 * Running the playbook on a terminal: the settings first, then each reading the checks need, once.
 * A check's finding is shown as soon as its readings are in; the cause is chosen at the end, when
 * all is known.
 */
import type { SettingRow } from '../contract/correction.ts';
import type { CheckId, Diagnosis, Finding } from '../contract/diagnosis.ts';
import type { Reading, ReadingName } from '../contract/reading.ts';
import type { Params, Progress, Result } from '../contract/requests.ts';
import {
  changedChecks,
  checkOrder,
  chooseCause,
  evaluate,
  readingsFor,
  runPlaybook,
  type CheckInput,
} from '../diagnosis/index.ts';
import type { Context } from './context.ts';
import { bothSides } from './readings/both-sides.ts';
import { theCase } from './the-case.ts';

export async function* diagnose(
  context: Context,
  params: Params<'diagnose'>,
  signal: AbortSignal,
): AsyncGenerator<Progress<'diagnose'>, Result<'diagnose'>, void> {
  const { terminalId, symptom, answers } = params;
  const connection = context.connections.get(terminalId);
  const { profile } = connection;
  const { id: caseId } = await theCase(context, connection, params.caseId, symptom);
  const readings = new Map<ReadingName, Reading>();
  let settings: SettingRow[] = [];
  const input = (): CheckInput => {
    return { symptom, model: profile, readings, settings, answers, atUtc: now() };
  };
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
    }
  }
  return await conclude(context, { caseId, terminalId, input: input() });
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
  readonly terminalId: string;
  readonly input: CheckInput;
}

async function conclude(
  context: Context,
  { caseId, terminalId, input }: Evidence,
): Promise<Diagnosis> {
  const { findings, cause } = runPlaybook(input);
  const before = await lastDiagnosis(context, caseId);
  const diagnosis: Diagnosis = {
    caseId,
    terminalId,
    symptom: input.symptom,
    atUtc: input.atUtc,
    findings,
    cause,
    changed: before ? changedChecks(before.findings, findings) : [],
  };
  const atUtc = now();
  const readings = [...input.readings.values()];
  await context.records.appendEvent(caseId, { kind: 'readings', atUtc, readings });
  await context.records.appendEvent(caseId, { kind: 'diagnosis', atUtc, diagnosis });
  context.connections.get(terminalId).lastCause = cause;
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
