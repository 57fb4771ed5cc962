/**
 * Who answers after the restart. A terminal that can say so must say it; one that has no serial
 * number is confirmed by the technician, who sees it (design: "Who is this terminal?").
 */
import { faultOf } from '../../contract/bridge-fault.ts';
import type { Fault } from '../../contract/fault.ts';
import type { FlashProgress } from '../../contract/firmware.ts';
import { isSameTerminal } from '../same-terminal.ts';
import type { Seen } from './judge-common.ts';
import { holds, storedWith, type FirmwareState } from './method.ts';
import { noWayOut, type Run } from './run.ts';

/** Longer than any one reading may take, so that it ends by its own deadline. */
const identifyTimeoutMs = 15_000;
const identifyTries = 2;
/** A technician who does not answer for so long has left it. */
const answerTimeoutMs = 10 * 60_000;

/**
 * False: its serial number can't be read just now. Throws `terminal-replaced`. One without a number
 * is taken for the same.
 */
export async function isStillThere({
  context,
  connection,
}: Pick<Run, 'context' | 'connection'>): Promise<boolean> {
  for (let tries = 1; tries <= identifyTries; tries++) {
    const signal = AbortSignal.timeout(identifyTimeoutMs);
    if ((await isSameTerminal(context, connection, signal)) !== null) return true;
  }
  return false;
}

export interface Known {
  readonly identity: Seen['identity'];
  readonly fault: Fault | null;
}

/**
 * Nobody but its port and its images can say whose a boot loader is. Any terminal of the model may
 * hold the same old image; what was just sent only this one does. One that answered from the start
 * was never known any better, until it had taken the whole image.
 */
export function isOwnBootLoader(
  { entry, marks, phase, connection }: Pick<Run, 'entry' | 'marks' | 'phase' | 'connection'>,
  state: FirmwareState,
): boolean {
  if (connection.identity.basis === 'usb-serial') return true;
  // A recovery is at the same address, of the USB device by its number or of the network; a boot loader
  // with fastboot was asked for its number.
  if (entry.course !== 'staged') return true;
  if (entry.before.answering === 'boot-loader') {
    return !noWayOut.has(phase) || holds(state, entry.target);
  }
  const sent = marks.sentBytes > 0 || marks.marking || marks.marked;
  return sent && storedWith(state, entry.target.id) !== null;
}

/** `other`: another terminal answers; the run's fault then says which. */
export async function* recognise(
  run: Run,
  state: FirmwareState,
): AsyncGenerator<FlashProgress, Known | 'other', void> {
  const { connection } = run;
  const { serialNumber } = connection.identity;
  if (state.answering === 'boot-loader') {
    return { identity: isOwnBootLoader(run, state) ? 'same' : 'unproven', fault: null };
  }
  if (serialNumber === null) return yield* askTechnician(run, state);
  try {
    if (await isStillThere(run)) {
      run.proven = true;
      return { identity: 'same', fault: null };
    }
  } catch (error) {
    run.fault = faultOf(error);
    if (run.fault.code === 'terminal-replaced') return 'other';
    throw error;
  }
  // Its serial number can't be read any more: nothing is confirmed on a guess.
  const facts = { command: 'identity.serialNumber' };
  return { identity: 'unproven', fault: { code: 'reply-malformed', facts, trace: [] } };
}

/** Only where the answer decides something: what did not change needs no name. */
async function* askTechnician(
  run: Run,
  { running }: FirmwareState,
): AsyncGenerator<FlashProgress, Known | 'other', void> {
  const targetRuns = running?.id === run.entry.target.id;
  const decides = targetRuns || run.broke;
  // What was allowed for one flash says nothing of who is there at a later visit, or after a break.
  const allowed = !run.unattended && !run.broke && run.entry.allowed.includes('identity-assumed');
  if (allowed) run.proven = true;
  if (!decides || allowed) return { identity: 'same', fault: null };
  const open: Known = { identity: targetRuns ? 'waiting' : 'unproven', fault: null };
  if (run.unattended) return open;
  const question = { key: 'flash_question_same', facts: { port: run.connection.portUrl } };
  // Whoever answers at once must find somebody waiting.
  const answering = run.context.questions.ask(
    run.connection.terminalId,
    answerTimeoutMs,
    run.signal,
  );
  // Who leaves it unanswered changes nothing on the terminal.
  yield { ...run.meter.at('reidentify', 0), question, cancellable: true };
  const answer = await answering;
  if (answer === null) return open;
  if (answer) {
    run.proven = true;
    return { identity: 'same', fault: null };
  }
  run.fault = { code: 'terminal-replaced', facts: { found: '—', expected: '—' }, trace: [] };
  return 'other';
}
