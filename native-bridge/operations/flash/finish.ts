/** The end of a flash: its result, in the case and in the journal. */
import { faultOf } from '../../contract/bridge-fault.ts';
import type { FlashResult, FlashVerdict } from '../../contract/firmware.ts';
import { sentence } from '../../wording/index.ts';
import type { Outcome } from './outcome.ts';
import type { Run } from './run.ts';

const stillOpen: ReadonlySet<FlashVerdict> = new Set(['unknown', 'needs-firmware']);
const marked: ReadonlySet<string> = new Set([
  'flash_state_pending',
  'flash_state_pending_for_good',
]);

/**
 * The terminal may still come back, or start the new firmware at its next restart, or its settings
 * wait to be put back: the entry stays, and the next visit settles it.
 */
function isOpen({ verdict, state, settings, corrects }: FlashResult): boolean {
  // It came through, and what was done to the terminal since is not this flash's.
  if (state.key === 'flash_state_flashed_since') return false;
  if (stillOpen.has(verdict) || marked.has(state.key)) return true;
  if (settings === null || settings.fault?.code === 'backup-missing') return false;
  // What the next visit can't put back either is the technician's.
  return settings.fault !== null || (settings.failed.length > 0 && !corrects);
}

/** What is on the terminal is said even where it can't be written down; the fault says that then. */
export async function finish(run: Run, outcome: Outcome, durationMs: number): Promise<FlashResult> {
  const { context, journalId, caseId } = run;
  const result = resultOf(run, outcome, durationMs);
  run.connection.flashOpen = isOpen(result);
  // One that restarts is away as well: that one is waited for, and nobody has to connect it.
  if (!run.connection.connected && result.fault?.code === 'port-vanished') {
    run.connection.interrupted = sentence('interrupted_flashing', {});
  }
  if (result.runningVersion !== null) run.connection.bootLoader = false;
  try {
    const atUtc = new Date().toISOString();
    if (!(await alreadySaid(run, result))) {
      await context.records.appendEvent(caseId, { kind: 'flash', atUtc, flash: result });
    }
    if (!isOpen(result)) await context.records.journalEnd(journalId);
    return result;
  } catch (error) {
    const fault = faultOf(error);
    context.log.warn(`the flash is not in the case: ${fault.code}`);
    return { ...result, fault: result.fault ?? fault };
  }
}

/** At every connection an open flash is looked at; the case is told only what is new. */
async function alreadySaid({ context, late, caseId }: Run, result: FlashResult): Promise<boolean> {
  if (!late) return false;
  const { events } = await context.records.getCase(caseId);
  const last = events.findLast((event) => event.kind === 'flash');
  if (!last) return false;
  const { verdict, state, settings } = last.flash;
  const told = ({ failed = [] }: { failed?: string[] }) => failed.join(' ');
  const same = told(settings ?? {}) === told(result.settings ?? {});
  return verdict === result.verdict && state.key === result.state.key && same;
}

function resultOf(run: Run, outcome: Outcome, durationMs: number): FlashResult {
  const { entry, marks, caseId, connection, late, settings, meter } = run;
  return {
    caseId,
    terminalId: connection.terminalId,
    verdict: outcome.verdict,
    fromVersion: entry.before.running?.version ?? null,
    toVersion: entry.target.version,
    runningVersion: outcome.running?.version ?? null,
    runningHash: outcome.running?.hash ?? null,
    confirmed: outcome.confirmed,
    fault: outcome.fault,
    failedPhase: outcome.failedPhase,
    state: outcome.state,
    next: outcome.next,
    allowed: [...entry.allowed],
    settings,
    corrects: late,
    fileSha256: entry.file.sha256,
    ...(run.recoveryText.length > 0 && { recoveryText: [...run.recoveryText] }),
    durationMs: Math.round(durationMs),
    sentBytes: marks.sentBytes,
    ...(late ? {} : { timings: timingsOf(run, meter) }),
  };
}

/** A slot that was empty is not erased: it tells nothing of how long that takes. */
function timingsOf({ entry }: Run, meter: Run['meter']): FlashResult['timings'] {
  const { eraseMs, ...others } = meter.timings();
  const erased = entry.before.stored.length > 0;
  return erased && eraseMs !== undefined ? { eraseMs, ...others } : others;
}
