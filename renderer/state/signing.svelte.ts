/** The merchant's signature while it is written: strokes on the sheet, each of which can be taken back. */
import {
  maxSignaturePoints,
  maxSignatureStrokes,
  signatureSheet,
  type SignaturePoint,
} from '../../native-bridge/contract/signature.ts';
import type { BridgeClient } from './bridge-client.ts';
import { Task } from './task.svelte.ts';

/** Nearer ones tell nothing more of a hand. */
const leastDistance = 3;

export class Signing {
  signer = $state('');
  strokes = $state.raw<readonly (readonly SignaturePoint[])[]>([]);
  /** Taken back, the last first. */
  undone = $state.raw<readonly (readonly SignaturePoint[])[]>([]);
  /** Ten lines of what is signed, and the hash of what they were made from; null: not read yet. */
  summary = $state.raw<{ readonly text: string; readonly contentSha256: string } | null>(null);
  readonly summing = new Task();
  readonly keeping = new Task();
  #isDown = false;
  readonly #client: BridgeClient;

  constructor(client: BridgeClient) {
    this.#client = client;
  }

  /** Something is on the sheet or in the field that is kept nowhere else. */
  get started(): boolean {
    return this.strokes.length > 0 || this.signer.trim() !== '';
  }

  get canSign(): boolean {
    return this.signer.trim() !== '' && this.summary !== null && !this.keeping.running;
  }

  async readSummary(caseId: string, locale: 'zh-CN' | 'en'): Promise<void> {
    const asked = { caseId, format: 'summary', locale } as const;
    const made = await this.summing.restart(() => this.#client.start('makeReport', asked));
    if (made === null) return;
    this.summary = { text: made.text.trimEnd(), contentSha256: made.contentSha256 };
  }

  /** Where the sheet was touched, as parts of its width and height. */
  begin(x: number, y: number): void {
    if (this.strokes.length >= maxSignatureStrokes || this.#points >= maxSignaturePoints) return;
    this.#isDown = true;
    this.undone = [];
    this.strokes = [...this.strokes, [onSheet(x, y)]];
  }

  move(x: number, y: number): void {
    const stroke = this.strokes.at(-1);
    const last = stroke?.at(-1);
    if (!this.#isDown || stroke === undefined || last === undefined) return;
    const point = onSheet(x, y);
    if (Math.hypot(point[0] - last[0], point[1] - last[1]) < leastDistance) return;
    if (this.#points >= maxSignaturePoints) return;
    this.strokes = [...this.strokes.slice(0, -1), [...stroke, point]];
  }

  end(): void {
    this.#isDown = false;
  }

  undo(): void {
    const last = this.strokes.at(-1);
    if (last === undefined) return;
    this.undone = [...this.undone, last];
    this.strokes = this.strokes.slice(0, -1);
  }

  redo(): void {
    const last = this.undone.at(-1);
    if (last === undefined) return;
    this.strokes = [...this.strokes, last];
    this.undone = this.undone.slice(0, -1);
  }

  clear(): void {
    this.strokes = [];
    this.undone = [];
  }

  /**
   * False where it was not kept; then the fault says why. A case that holds more than what was read
   * is read again first.
   */
  async sign(caseId: string, locale: 'zh-CN' | 'en'): Promise<boolean> {
    if (this.summary === null) return false;
    const { contentSha256 } = this.summary;
    const strokes = this.strokes.map((stroke) => stroke.map(([x, y]): SignaturePoint => [x, y]));
    const asked = { caseId, signer: this.signer, strokes, contentSha256 };
    const signed = await this.keeping.run(() => this.#client.start('signCase', asked));
    if (signed === null && this.keeping.fault?.code === 'case-changed') {
      this.summary = null;
      await this.readSummary(caseId, locale);
    }
    return signed !== null;
  }

  get #points(): number {
    return this.strokes.reduce((sum, { length }) => sum + length, 0);
  }
}

function onSheet(x: number, y: number): SignaturePoint {
  const within = (part: number, length: number): number =>
    Math.round(Math.min(1, Math.max(0, part)) * length);
  return [within(x, signatureSheet.width), within(y, signatureSheet.height)];
}
