/**
 * When the program may look for a newer version of itself: only in a package that was built with an
 * address to ask, only where the technician switched it on, and never while work runs. What is being
 * fetched when work begins is given up and fetched again afterwards; it is installed only when asked.
 */
import type { UpdateState } from '../renderer/host.d.ts';

/** Of electron-updater; all may reject. */
export interface Updater {
  /** The newer version; null: this is the newest. */
  check(): Promise<string | null>;
  download(signal: AbortSignal): Promise<void>;
  /** Ends the program. */
  install(): void;
}

export interface UpdateOptions {
  /** Loaded when it is first wanted; null: this package has no address to ask. */
  readonly load: (() => Promise<Updater>) | null;
  readonly wanted: () => boolean;
  readonly onState: (state: UpdateState) => void;
  readonly note: (text: string) => void;
}

export class Updates {
  readonly #options: UpdateOptions;
  #updater: Promise<Updater> | null = null;
  #state: UpdateState['state'] = 'off';
  #version: string | null = null;
  #busy = false;
  /** Of what is under way. */
  #abort: AbortController | null = null;

  constructor(options: UpdateOptions) {
    this.#options = options;
  }

  get state(): UpdateState {
    const feed = this.#options.load === null ? 'none' : 'set';
    return { feed, state: this.#state, version: this.#version };
  }

  /** At the start, and where the switch was turned. */
  look(): void {
    if (!this.#options.wanted()) {
      this.#abort?.abort();
      if (this.#state !== 'ready') this.#set('off');
      return;
    }
    if (this.#abort === null && this.#state !== 'ready') void this.#run();
  }

  /** Whether work runs that an update could cut off or slow down. */
  setBusy(busy: boolean): void {
    if (busy === this.#busy) return;
    this.#busy = busy;
    if (busy) this.#abort?.abort();
    else if (this.#state === 'waiting') this.look();
  }

  /** False: nothing is ready, or work runs. */
  async install(): Promise<boolean> {
    if (this.#state !== 'ready' || this.#busy || this.#updater === null) return false;
    const updater = await this.#updater;
    // Work may have begun meanwhile.
    if (this.#isBusy()) return false;
    updater.install();
    return true;
  }

  async #run(): Promise<void> {
    const { load } = this.#options;
    if (load === null) return;
    if (this.#busy) {
      this.#set('waiting');
      return;
    }
    const abort = new AbortController();
    this.#abort = abort;
    try {
      await this.#fetch(load, abort.signal);
    } catch (error) {
      if (!abort.signal.aborted) {
        this.#options.note(`no update: ${String(error).slice(0, 150)}`);
        this.#set('failed');
      }
    } finally {
      this.#abort = null;
    }
    if (abort.signal.aborted) this.#afterStop();
  }

  async #fetch(load: () => Promise<Updater>, signal: AbortSignal): Promise<void> {
    this.#set('checking');
    this.#updater ??= load();
    const updater = await this.#updater;
    signal.throwIfAborted();
    const version = await updater.check();
    signal.throwIfAborted();
    this.#version = version;
    if (version === null) {
      this.#set('newest');
      return;
    }
    this.#set('loading');
    await updater.download(signal);
    signal.throwIfAborted();
    this.#set('ready');
  }

  /** Given up for work, or because it is no longer wanted. */
  #afterStop(): void {
    if (!this.#options.wanted()) this.#set('off');
    else if (this.#isBusy()) this.#set('waiting');
    else void this.#run();
  }

  #isBusy(): boolean {
    return this.#busy;
  }

  #set(state: UpdateState['state']): void {
    this.#state = state;
    this.#options.onState(this.state);
  }
}
