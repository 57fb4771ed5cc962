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
import { isSameTerminal } from '../same-terminal.ts';
import { enter, type Run } from './run.ts';
import { runningNow } from './look.ts';
import { ended, type Outcome } from './outcome.ts';
import { waitForTerminal } from './wait-for-terminal.ts';

const requestTimeoutMs = 5_000;
/** Longer than any one reading may take, so that it ends by its own deadline. */
const identifyTimeoutMs = 15_000;
const identifyTries = 2;
const defaultSwapTimeoutMs = 180_000;

export async function* proveAndConfirm(run: Run): AsyncGenerator<FlashProgress, Outcome, void> {
  const newHash = run.made.plan.image.imageHash ?? '';
  const back = yield* restart(run, 'restart', (state) => !stillMarked(state, newHash));
  if (!back) return notBack(run);
  await enter(run, 'reidentify');
  yield run.meter.at('reidentify', 0);
  const running = runningNow(back);
  run.seenVersion = running?.version ?? run.seenVersion;
  const other = await notTheSame(run, back);
  if (other) return other;
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

/** Another device in its place is not taken for it; nor is one that does not say who it is. */
async function notTheSame(run: Run, back: ImageState): Promise<Outcome | null> {
  const { connection } = run;
  try {
    for (let tries = 1; ; tries++) {
      const same = await isSameTerminal(connection, AbortSignal.timeout(identifyTimeoutMs));
      if (same !== null) return null;
      if (tries === identifyTries) return unrecognised(run, back);
    }
  } catch (error) {
    const fault = faultOf(error);
    if (fault.code !== 'terminal-replaced') throw error;
    return ended('unknown', { key: 'flash_state_replaced', facts: fault.facts }, 'right-terminal', {
      fault,
      failedPhase: 'reidentify',
    });
  }
}

/** Its serial number can't be read any more: nothing is confirmed on a guess. */
function unrecognised(run: Run, back: ImageState): Outcome | null {
  const running = runningNow(back);
  // An image that did not take is the outcome then, and no identity is needed to say so.
  if (running === null || running.hash !== run.made.plan.image.imageHash) return null;
  const facts = { version: running.version };
  return ended('unknown', { key: 'flash_state_unconfirmed', facts }, 'restart-terminal', {
    fault: { code: 'reply-malformed', facts: { command: 'identity.serialNumber' }, trace: [] },
    failedPhase: 'reidentify',
    running,
    confirmed: runningSlot(back)?.confirmed ?? null,
  });
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
  run.seenVersion = running?.version ?? run.seenVersion;
  // The old image is confirmed, too: it may have come back before it was asked.
  if (running?.hash !== newHash) return wentBack(run, state, fault);
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
  // The terminal is proven; records that fail now do not change that.
  await context.records
    .noteIdentity(connection.terminalId, connection.identity, slotHashes(state))
    .catch((error: unknown) => context.log.warn(`identity not noted: ${faultOf(error).code}`));
}

/** It does not take the confirmation: let it revert now, and prove the revert. */
async function* goBack(
  run: Run,
  fault: Outcome['fault'],
): AsyncGenerator<FlashProgress, Outcome, void> {
  const newHash = run.made.plan.image.imageHash ?? '';
  const more = { fault: fault ?? notConfirmed, failedPhase: 'confirm' as const };
  if (!run.made.plan.canRevert) {
    const facts = { version: run.made.plan.toVersion };
    return ended('unknown', { key: 'flash_state_unconfirmed', facts }, 'vendor', more);
  }
  const back = yield* restart(run, 'confirm', (state) => runningNow(state)?.hash !== newHash);
  const running = back ? runningNow(back) : null;
  if (!back || !running) return notBack(run);
  run.seenVersion = running.version;
  if (running.hash !== newHash) return wentBack(run, back, fault);
  const facts = { version: running.version };
  const seen = { ...more, running, confirmed: runningSlot(back)?.confirmed ?? null };
  return ended('unknown', { key: 'flash_state_unconfirmed', facts }, 'vendor', seen);
}

const notConfirmed: Outcome['fault'] = {
  code: 'command-refused',
  facts: { command: 'image confirm' },
  trace: [],
};

/** The earlier image runs again. */
function wentBack(run: Run, state: ImageState, fault: Outcome['fault']): Outcome {
  const running = runningNow(state);
  const facts = { version: running?.version ?? run.made.plan.fromVersion ?? '' };
  return ended('reverted', { key: 'flash_state_reverted', facts }, 'vendor', {
    fault: fault ?? notConfirmed,
    failedPhase: 'confirm',
    running,
    confirmed: runningSlot(state)?.confirmed ?? null,
  });
}
