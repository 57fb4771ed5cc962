/**
 * Restart, wait, recognise again, compare, confirm. The verdict rests on what the terminal says
 * after its restart: its serial number, the hash it runs, the confirmed flag read back.
 */
import { faultOf } from '../../contract/bridge-fault.ts';
import type { Sentence } from '../../contract/common.ts';
import type { FlashPhase, FlashProgress } from '../../contract/firmware.ts';
import { imageStateRead, imageStateWrite } from '../../protocols/smp/image/index.ts';
import type { ImageState } from '../../protocols/smp/image/state.ts';
import { reset } from '../../protocols/smp/os/index.ts';
import { fromHex, runningSlot, slotHashes, slotWithHash } from '../firmware-state.ts';
import { takeReadings } from '../readings/take-readings.ts';
import { enter, type Run } from './run.ts';
import { runningNow } from './look.ts';
import { ended, type Outcome } from './outcome.ts';
import { waitForTerminal } from './wait-for-terminal.ts';

const requestTimeoutMs = 5_000;
const defaultSwapTimeoutMs = 180_000;

export async function* proveAndConfirm(run: Run): AsyncGenerator<FlashProgress, Outcome, void> {
  const newHash = run.made.plan.image.imageHash ?? '';
  const back = yield* restart(run, 'restart', (state) => !stillMarked(state, newHash));
  if (!back) return notBack(run);
  await enter(run, 'reidentify');
  yield run.meter.at('reidentify', 0);
  const stranger = await strangerOn(run);
  if (stranger) return stranger;
  const running = runningNow(back);
  if (running?.hash !== newHash) return notSwapped(run, back, newHash);
  return yield* confirm(run, newHash);
}

/** Sends the reset and waits. A lost reply is no failure: what counts is what comes back. */
async function* restart(
  run: Run,
  phase: FlashPhase,
  restarted: (state: ImageState) => boolean,
): AsyncGenerator<FlashProgress, ImageState | null, void> {
  await enter(run, phase);
  const timeoutMs = run.connection.profile.firmware?.swapTimeoutMs ?? defaultSwapTimeoutMs;
  const minutes = Math.ceil(timeoutMs / 60_000);
  const waiting: Sentence =
    phase === 'restart'
      ? { key: 'flash_wait_restart', facts: { minutes } }
      : { key: 'flash_wait_revert', facts: {} };
  yield run.meter.at(phase, 0, waiting);
  try {
    await run.connection.session.request(reset, {}, { timeoutMs: requestTimeoutMs });
  } catch (error) {
    run.context.log.info(`reset: ${faultOf(error).code}`);
  }
  const waits = waitForTerminal(run.context, run.connection, timeoutMs, restarted);
  const predictedMs = run.made.plan.steps.find((step) => step.phase === 'restart')?.predictedMs;
  for (;;) {
    const step = await waits.next();
    if (step.done === true) return step.value;
    // Time passed is all that can be measured: it approaches the end and never reaches it.
    yield run.meter.at(phase, 1 - Math.exp(-step.value / (predictedMs ?? timeoutMs)), waiting);
  }
}

function stillMarked(state: ImageState, newHash: string): boolean {
  const slot = slotWithHash(state, newHash);
  return slot?.pending === true && !slot.active;
}

function notBack(run: Run): Outcome {
  const timeoutMs = run.connection.profile.firmware?.swapTimeoutMs ?? defaultSwapTimeoutMs;
  const facts = { seconds: Math.round(timeoutMs / 1000) };
  return ended('unknown', { key: 'flash_state_not_back', facts }, 'wait', {
    fault: { code: 'reply-timeout', facts: { command: 'restart', timeoutMs }, trace: [] },
    failedPhase: 'restart',
  });
}

/** Another device in its place is not taken for it. */
async function strangerOn(run: Run): Promise<Outcome | null> {
  const { connection } = run;
  const expected = connection.identity.serialNumber;
  if (connection.identity.basis !== 'serial-number' || expected === null) return null;
  const signal = AbortSignal.timeout(requestTimeoutMs);
  const names = ['identity.serialNumber'] as const;
  const readings = takeReadings(connection.session, connection.profile, names, signal);
  for await (const { value } of readings) {
    if (value === null || String(value) === expected) continue;
    const facts = { found: String(value), expected };
    return ended('unknown', { key: 'flash_state_replaced', facts }, 'right-terminal', {
      fault: { code: 'terminal-replaced', facts, trace: [] },
      failedPhase: 'reidentify',
    });
  }
  return null;
}

/** It came back with the old image: either it never restarted, or the boot loader said no. */
function notSwapped(run: Run, state: ImageState, newHash: string): Outcome {
  const running = runningNow(state);
  const facts = { version: running?.version ?? run.made.plan.fromVersion ?? '' };
  const seen = {
    running,
    confirmed: runningSlot(state)?.confirmed ?? null,
    failedPhase: 'reidentify' as const,
    fault: {
      code: 'image-hash-wrong' as const,
      facts: { expected: newHash, found: running?.hash ?? '' },
      trace: [],
    },
  };
  if (stillMarked(state, newHash)) {
    return ended(
      'nothing-changed',
      { key: 'flash_state_pending', facts },
      'restart-terminal',
      seen,
    );
  }
  return ended('nothing-changed', { key: 'flash_state_not_swapped', facts }, 'vendor', seen);
}

async function* confirm(run: Run, newHash: string): AsyncGenerator<FlashProgress, Outcome, void> {
  await enter(run, 'confirm');
  yield run.meter.at('confirm', 0);
  const { session } = run.connection;
  const wait = { timeoutMs: requestTimeoutMs };
  let fault = null;
  try {
    await session.request(imageStateWrite, { hash: fromHex(newHash), confirm: true }, wait);
  } catch (error) {
    // Not repeated blindly: the flag is read instead.
    fault = faultOf(error);
  }
  const state = await session.request(imageStateRead, undefined, wait);
  const slot = runningSlot(state);
  const running = runningNow(state);
  if (slot?.confirmed !== true) return yield* goBack(run, fault);
  await adoptNewFirmware(run, state);
  const version = slot.version;
  const facts = { version, hash: `${newHash.slice(0, 4)}…${newHash.slice(-4)}` };
  yield run.meter.at('confirm', 1);
  return ended('done', { key: 'flash_state_done', facts }, 'test-payment', {
    running,
    confirmed: true,
  });
}

async function adoptNewFirmware({ connection, context }: Run, state: ImageState): Promise<void> {
  const running = runningNow(state);
  connection.identity = {
    ...connection.identity,
    firmwareVersion: running?.version ?? null,
    firmwareHash: running?.hash ?? null,
  };
  await context.records.noteIdentity(connection.terminalId, connection.identity, slotHashes(state));
}

/** It does not take the confirmation: let it revert now, and prove the revert. */
async function* goBack(
  run: Run,
  fault: Outcome['fault'],
): AsyncGenerator<FlashProgress, Outcome, void> {
  const newHash = run.made.plan.image.imageHash ?? '';
  const reason = fault ?? {
    code: 'command-refused' as const,
    facts: { command: 'image confirm' },
    trace: [],
  };
  const more = { fault: reason, failedPhase: 'confirm' as const };
  if (!run.made.plan.canRevert) {
    const facts = { version: run.made.plan.toVersion };
    return ended('unknown', { key: 'flash_state_unconfirmed', facts }, 'vendor', more);
  }
  const back = yield* restart(run, 'confirm', (state) => runningNow(state)?.hash !== newHash);
  const running = back ? runningNow(back) : null;
  if (!back || !running) return notBack(run);
  const facts = { version: running.version };
  const seen = { ...more, running, confirmed: runningSlot(back)?.confirmed ?? null };
  if (running.hash === newHash) {
    return ended('unknown', { key: 'flash_state_unconfirmed', facts }, 'vendor', seen);
  }
  return ended('reverted', { key: 'flash_state_reverted', facts }, 'vendor', seen);
}
