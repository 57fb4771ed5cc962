/**
 * MCUboot over SMP: the image group of a running Zephyr application, or of MCUboot's own serial
 * recovery, which writes to the primary slot and knows no trial (MCUboot, "Serial recovery").
 */
import type { Connection } from '../../../connections/connection.ts';
import { imageStateRead, imageStateWrite } from '../../../protocols/smp/image/index.ts';
import { reset } from '../../../protocols/smp/os/index.ts';
import { upload } from '../../../sessions/smp/upload.ts';
import { fromHex } from '../../firmware-state.ts';
import { sha256, type McubootFile } from '../firmware-file.ts';
import type {
  FirmwareState,
  Link,
  StagedMethod,
  Survey,
  TransferPace,
  TransferProgress,
  Until,
} from '../method.ts';
import { firmwareState } from './image-list.ts';
import { predictUploadMs } from './predict-upload.ts';
import { surveyTerminal } from './survey.ts';

const defaultEraseTimeoutMs = 60_000;

export class McubootOverSmp implements StagedMethod {
  readonly course = 'staged';
  readonly format = 'mcuboot';
  readonly facts = { family: 'mcuboot' };
  readonly #connection: Connection;

  /** The session is taken anew for every step: it changes with each restart. */
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  survey(signal: AbortSignal): Promise<Survey> {
    const { smp: session, profile } = this.#connection;
    return surveyTerminal(session, profile, signal);
  }

  async look(until: Until): Promise<FirmwareState> {
    return firmwareState(await this.#connection.smp.request(imageStateRead, undefined, until));
  }

  async *transfer(
    { bytes, inspection }: McubootFile,
    { link, state }: Survey,
    signal: AbortSignal,
  ): AsyncGenerator<TransferProgress, void, void> {
    const { smp: session, profile } = this.#connection;
    const { bufferBytes, bufferCount } = link;
    const known = bufferBytes !== null && bufferCount !== null;
    const sending = upload(session, bytes, {
      imageNumber: 0,
      sha256: sha256(bytes),
      // In recovery the list shows what was there before until the image is whole.
      imageHash: state.answering === 'application' ? fromHex(inspection.imageHash ?? '') : null,
      upgrade: false,
      parameters: known ? { bufferBytes, bufferCount } : null,
      eraseTimeoutMs: profile.firmware?.eraseTimeoutMs ?? defaultEraseTimeoutMs,
      signal,
    });
    for await (const { offsetBytes } of sending) yield { offsetBytes, erasing: offsetBytes === 0 };
  }

  predictTransferMs(imageBytes: number, link: Link, pace: TransferPace): number {
    return predictUploadMs(imageBytes, link, pace);
  }

  async markForTrial(id: string, until: Until): Promise<void> {
    const mark = { hash: fromHex(id), confirm: false };
    await this.#connection.smp.request(imageStateWrite, mark, until);
  }

  async restart(until: Until): Promise<void> {
    await this.#connection.smp.request(reset, {}, until);
  }

  /** Without a hash: named by its hash, one that was reverted meanwhile would be marked for good. */
  async confirm(until: Until): Promise<void> {
    const mark = { hash: null, confirm: true };
    await this.#connection.smp.request(imageStateWrite, mark, until);
  }
}
