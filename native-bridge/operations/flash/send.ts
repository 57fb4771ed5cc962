/** Upload, verify on the device, mark as a trial. Until the end of this nothing that runs changes. */
import { BridgeFault, faultOf } from '../../contract/bridge-fault.ts';
import type { FlashProgress } from '../../contract/firmware.ts';
import { imageStateRead, imageStateWrite } from '../../protocols/smp/image/index.ts';
import { upload } from '../../sessions/smp/upload.ts';
import { fromHex, slotWithHash } from '../firmware-state.ts';
import { sha256 } from './firmware-file.ts';
import { enter, type Run } from './run.ts';

const stateTimeoutMs = 5_000;
const defaultEraseTimeoutMs = 60_000;

export async function* sendImage(run: Run): AsyncGenerator<FlashProgress, void, void> {
  await enter(run, 'upload');
  const { file, found } = run.made;
  const total = file.bytes.length;
  const erasing = { key: 'flash_wait_erase', facts: {} };
  yield run.meter.uploading(0, total, erasing);
  const sending = upload(run.connection.session, file.bytes, {
    imageNumber: 0,
    sha256: sha256(file.bytes),
    imageHash: fromHex(file.inspection.imageHash ?? ''),
    upgrade: false,
    parameters: found.parameters,
    eraseTimeoutMs: run.connection.profile.firmware?.eraseTimeoutMs ?? defaultEraseTimeoutMs,
    signal: run.signal,
  });
  for await (const { offsetBytes } of sending) {
    run.sentBytes = offsetBytes;
    yield run.meter.uploading(offsetBytes, total, offsetBytes === 0 ? erasing : null);
  }
  run.sentBytes = total;
}

/** The device's own hash of what it holds must be the image's. Throws `image-hash-wrong`. */
export async function* verifyUpload(run: Run): AsyncGenerator<FlashProgress, void, void> {
  await enter(run, 'verify');
  yield run.meter.at('verify', 0);
  const wait = { timeoutMs: stateTimeoutMs, signal: run.signal };
  const state = await run.connection.session.request(imageStateRead, undefined, wait);
  const hash = run.made.plan.image.imageHash ?? '';
  if (!slotWithHash(state, hash)) {
    throw new BridgeFault('image-hash-wrong', { expected: hash, found: 'not on the terminal' });
  }
}

/** Marks the image for one trial start and reads the mark back. */
export async function* activate(run: Run): AsyncGenerator<FlashProgress, void, void> {
  await enter(run, 'activate');
  yield run.meter.at('activate', 0);
  const { session } = run.connection;
  const hash = run.made.plan.image.imageHash ?? '';
  const wait = { timeoutMs: stateTimeoutMs };
  try {
    await session.request(imageStateWrite, { hash: fromHex(hash), confirm: false }, wait);
  } catch (error) {
    // Not repeated blindly: the mark is read instead.
    if (faultOf(error).code !== 'reply-timeout') throw error;
  }
  const state = await session.request(imageStateRead, undefined, wait);
  const slot = slotWithHash(state, hash);
  if (slot?.pending !== true && slot?.active !== true) {
    throw new BridgeFault('command-refused', { command: 'image test' });
  }
}
