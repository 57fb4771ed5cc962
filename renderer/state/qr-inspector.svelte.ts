/**
 * The code that is being looked at, and how it came here: typed, from the terminal's screen, or from
 * a picture. One of these belongs to each terminal, and one to no terminal.
 */
import {
  maxQrCharacters,
  type PictureInspection,
  type QrInspection,
} from '../../native-bridge/contract/qr.ts';
import type { ParamsInput } from '../../native-bridge/contract/requests.ts';
import type { ChosenFile } from '../host.d.ts';
import type { BridgeClient } from './bridge-client.ts';
import { FileChoice } from './files.svelte.ts';
import { Task } from './task.svelte.ts';

/** A picture's codes; `url` shows it where the page has it in hand. */
interface ShownPicture {
  readonly picture: PictureInspection;
  readonly url: string | null;
}

type Doing =
  { readonly what: 'text' | 'terminal' } | { readonly what: 'picture'; readonly file: string };

export class QrInspector {
  text = $state('');
  /** The code that is shown: by itself, or the chosen one of a picture. */
  code = $state.raw<QrInspection | null>(null);
  /** It came from the terminal's screen. */
  isShown = $state(false);
  shown = $state.raw<ShownPicture | null>(null);
  /** Place of the chosen code in the picture's list. */
  chosen = $state(0);
  doing = $state.raw<Doing>({ what: 'text' });
  /** What was dropped can't be looked at. */
  refused = $state<'no-file' | 'several' | null>(null);
  readonly task = new Task();
  readonly files = new FileChoice();
  readonly tooLong = $derived(this.text.length > maxQrCharacters);
  /** The camera is asked for. */
  looking = $state(false);
  readonly #client: BridgeClient;
  readonly #terminalId: string | null;

  constructor(client: BridgeClient, terminalId: string | null) {
    this.#client = client;
    this.#terminalId = terminalId;
  }

  get ofTerminal(): boolean {
    return this.#terminalId !== null;
  }

  async inspectText(): Promise<void> {
    const { text } = this;
    if (text.trim() === '' || this.tooLong) return;
    this.#begin({ what: 'text' });
    const params = { text, terminalId: this.#terminalId };
    const code = await this.task.restart(() => this.#client.start('inspectQr', params));
    if (code === null) return;
    this.#show(code, null);
    // What pays does not stay on the screen.
    if (code.kind === 'payer' && this.text === text) this.text = '';
  }

  async takeShown(): Promise<void> {
    const terminalId = this.#terminalId;
    if (terminalId === null) return;
    this.#begin({ what: 'terminal' });
    const code = await this.task.restart(() =>
      this.#client.start('inspectShownQr', { terminalId }),
    );
    if (code === null) return;
    this.#show(code, null);
    this.isShown = true;
  }

  async choosePicture(): Promise<void> {
    const file = await this.files.choose('picture');
    if (file !== null) await this.#inspectPicture(file, null);
  }

  async dropPictures(dropped: readonly File[]): Promise<void> {
    const [first, ...more] = dropped;
    if (first === undefined) return;
    this.refused = more.length > 0 ? 'several' : null;
    if (more.length > 0) return;
    const file = await this.files.drop(first);
    if (file !== null) await this.#inspectPicture(file, first);
    else if (this.files.fault === null) this.refused = 'no-file';
  }

  /** The code in a camera's frame; null: none yet. */
  async inspectFrame(frame: ParamsInput<'inspectQrFrame'>['frame']): Promise<QrInspection | null> {
    const params = { frame, terminalId: this.#terminalId };
    return (await this.#client.call('inspectQrFrame', params)).code;
  }

  /** What the camera saw. */
  takeSeen(code: QrInspection): void {
    this.looking = false;
    this.#begin({ what: 'text' });
    this.#show(code, null);
  }

  choose(place: number): void {
    const code = this.shown?.picture.codes[place]?.inspection;
    if (code === undefined) return;
    this.chosen = place;
    this.code = code;
  }

  /** `inHand`: the same file, where the page may show it. */
  async #inspectPicture(file: ChosenFile, inHand: File | null): Promise<void> {
    this.#begin({ what: 'picture', file: file.name });
    const params = { fileId: file.fileId, terminalId: this.#terminalId };
    const picture = await this.task.restart(() => this.#client.start('inspectQrPicture', params));
    if (picture === null) return;
    // Only now: what the bridge would not decode is not decoded here either.
    const url = inHand === null ? null : URL.createObjectURL(inHand);
    this.#show(picture.codes[0]?.inspection ?? null, { picture, url });
  }

  #begin(doing: Doing): void {
    this.doing = doing;
    this.refused = null;
    this.files.fault = null;
  }

  #show(code: QrInspection | null, shown: ShownPicture | null): void {
    if (this.shown?.url != null) URL.revokeObjectURL(this.shown.url);
    this.code = code;
    this.shown = shown;
    this.chosen = 0;
    this.isShown = false;
  }
}
