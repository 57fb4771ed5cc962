/**
 * The camera as the inspector of codes uses it: opened on ask, its frames looked at one by one until
 * one has a code, closed at once then. Frames are made small and grey; none is kept.
 */
import { faultOf } from '../../native-bridge/contract/bridge-fault.ts';
import type { Fault } from '../../native-bridge/contract/fault.ts';
import { maxFrame, type QrInspection } from '../../native-bridge/contract/qr.ts';
import { clock } from './clock.svelte.ts';
import type { QrInspector } from './qr-inspector.svelte.ts';

/**
 * `refused`: the system or a person said no. `none`: there is none. `busy`: another program has it.
 * `gone`: it was pulled out, or taken away, while it looked.
 */
export type CameraTrouble = 'refused' | 'none' | 'busy' | 'failed' | 'gone';

/** Between two frames: a hand needs a moment to hold still. */
const restMs = 120;

const troubles: Readonly<Record<string, CameraTrouble>> = {
  NotAllowedError: 'refused',
  NotFoundError: 'none',
  OverconstrainedError: 'none',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

export class Camera {
  stream = $state.raw<MediaStream | null>(null);
  sinceMs = $state<number | null>(null);
  trouble = $state<CameraTrouble | null>(null);
  fault = $state.raw<Fault | null>(null);
  readonly #qr: QrInspector;
  /** Tells the camera that is open from one that was closed meanwhile. */
  #turn = 0;

  constructor(qr: QrInspector) {
    this.#qr = qr;
  }

  async open(): Promise<void> {
    if (this.sinceMs !== null) return;
    const turn = ++this.#turn;
    this.trouble = null;
    this.fault = null;
    this.sinceMs = clock.now();
    try {
      const stream = await openStream();
      if (turn === this.#turn) this.#look(stream);
      else stop(stream);
    } catch (error) {
      if (turn !== this.#turn) return;
      this.close();
      this.trouble = troubles[error instanceof Error ? error.name : ''] ?? 'failed';
    }
  }

  #look(stream: MediaStream): void {
    this.stream = stream;
    // Its last frame stays in the video: nothing else tells that it is gone.
    const ended = (): void => {
      if (this.stream !== stream) return;
      this.close();
      this.trouble = 'gone';
    };
    for (const track of stream.getVideoTracks()) track.addEventListener('ended', ended);
  }

  close(): void {
    this.#turn += 1;
    if (this.stream !== null) stop(this.stream);
    this.stream = null;
    this.sinceMs = null;
    window.posBench.camera.close().catch((error: unknown) => console.error(error));
  }

  /** Looks through the video until a frame has a code; null where it was closed before. */
  async watch(video: HTMLVideoElement): Promise<QrInspection | null> {
    const turn = this.#turn;
    while (turn === this.#turn) {
      const frame = frameOf(video);
      try {
        const code = frame === null ? null : await this.#qr.inspectFrame(frame);
        if (turn !== this.#turn) return null;
        if (code !== null) return code;
      } catch (error) {
        if (turn !== this.#turn) return null;
        this.close();
        this.fault = faultOf(error);
        return null;
      }
      await new Promise((done) => setTimeout(done, restMs));
    }
    return null;
  }
}

async function openStream(): Promise<MediaStream> {
  if (!(await window.posBench.camera.open())) throw new DOMException('', 'NotAllowedError');
  // Where there are two the one that looks away from the screen is meant.
  const video = { facingMode: { ideal: 'environment' }, width: { ideal: maxFrame.widthPixels } };
  return await navigator.mediaDevices.getUserMedia({ video, audio: false });
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

const canvas = new OffscreenCanvas(1, 1);

/** null: nothing has come yet. */
function frameOf(video: HTMLVideoElement) {
  const { videoWidth, videoHeight } = video;
  if (videoWidth === 0 || videoHeight === 0) return null;
  const largest = Math.max(videoWidth / maxFrame.widthPixels, videoHeight / maxFrame.heightPixels);
  const scale = Math.max(1, largest);
  const widthPixels = Math.floor(videoWidth / scale);
  const heightPixels = Math.floor(videoHeight / scale);
  canvas.width = widthPixels;
  canvas.height = heightPixels;
  const context = canvas.getContext('2d', { willReadFrequently: true, alpha: false });
  if (context === null) return null;
  context.drawImage(video, 0, 0, widthPixels, heightPixels);
  const { data } = context.getImageData(0, 0, widthPixels, heightPixels);
  const luma = new Uint8Array(widthPixels * heightPixels);
  for (let at = 0; at < luma.length; at++) {
    const from = at * 4;
    // ITU-R BT.601: weights of red, green and blue in what the eye takes for bright, of 256.
    luma[at] =
      ((data[from] ?? 0) * 77 + (data[from + 1] ?? 0) * 150 + (data[from + 2] ?? 0) * 29) >> 8;
  }
  return { widthPixels, heightPixels, luma };
}
