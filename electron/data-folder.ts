/** The data folder as the preferences show it: opened in the file manager, and moved with a restart. */
import { app, dialog, shell, type BrowserWindow } from 'electron';
import type { DataFolder, MoveAnswer } from '../renderer/host.d.ts';
import type { BridgeHost } from './bridge-host.ts';
import type { Closing } from './closing.ts';
import type { Destination } from './move-data.ts';
import type { MoveWords } from './words.ts';

export interface FolderOptions {
  readonly window: BrowserWindow;
  readonly bridge: BridgeHost;
  readonly path: string;
  readonly fixed: boolean;
  readonly closing: Closing;
  readonly words: () => MoveWords;
}

export class DataFolderHost {
  readonly #options: FolderOptions;
  #isMoving = false;

  constructor(options: FolderOptions) {
    this.#options = options;
  }

  get info(): DataFolder {
    const { path, fixed } = this.#options;
    return { path, fixed };
  }

  async open(): Promise<void> {
    const refused = await shell.openPath(this.#options.path);
    if (refused !== '') console.error(`the data folder could not be shown: ${refused}`);
  }

  /** One move at a time, also where the page was loaded anew meanwhile. */
  async move(): Promise<MoveAnswer> {
    if (this.#options.fixed || this.#isMoving) return null;
    this.#isMoving = true;
    try {
      return await this.#askAndMove();
    } finally {
      this.#isMoving = false;
    }
  }

  async #askAndMove(): Promise<MoveAnswer> {
    const { closing } = this.#options;
    if (await this.#isAtWork()) return 'work-runs';
    const to = await this.#ask();
    if (to === null || to === 'not-writable') return to;
    // Work may have begun while it was asked.
    if (await this.#isAtWork()) return 'work-runs';
    const letClose = closing.hold();
    try {
      const answer = await this.#go(to);
      if (answer !== 'moving') return answer;
    } finally {
      letClose();
    }
    app.relaunch();
    app.quit();
    return 'moving';
  }

  async #isAtWork(): Promise<boolean> {
    const { closing, bridge, path } = this.#options;
    // Loaded only now: it brings SQLite, which the app's start need not wait for.
    const { isShared } = await import('./move-data.ts');
    return closing.work.length > 0 || isShared(path, bridge.pid);
  }

  /** null: nothing was chosen. */
  async #ask(): Promise<Destination | 'not-writable' | null> {
    const { window, path } = this.#options;
    const words = this.#options.words();
    const { filePaths } = await dialog.showOpenDialog(window, {
      title: words.title,
      properties: ['openDirectory', 'createDirectory', 'promptToCreate'],
    });
    const [chosen] = filePaths;
    if (chosen === undefined) return null;
    const { destinationIn, overlaps, realPath } = await import('./move-data.ts');
    const to = destinationIn(chosen);
    if (to === null) return 'not-writable';
    if (realPath(to.folder) === realPath(path)) return null;
    if (overlaps(to.folder, path)) return 'not-writable';
    const { response } = await dialog.showMessageBox(window, {
      type: 'question',
      message: to.folder,
      detail: to.hasRecords ? words.use(path) : words.copy(path),
      buttons: [words.stay, words.go],
      defaultId: 0,
      cancelId: 0,
    });
    return response === 1 ? to : null;
  }

  /** The bridge ends first: what is copied must not change meanwhile. Where it stays it goes on. */
  async #go(to: Destination): Promise<MoveAnswer> {
    const { bridge, path } = this.#options;
    await bridge.close();
    try {
      const { moveData } = await import('./move-data.ts');
      if ((await moveData(path, to)) === 'moved') return 'moving';
    } catch (error) {
      bridge.reopen();
      await this.#sayFailed(error);
      return null;
    }
    bridge.reopen();
    return 'work-runs';
  }

  async #sayFailed(error: unknown): Promise<void> {
    const words = this.#options.words();
    const reason = error instanceof Error ? error.message : String(error);
    await dialog.showMessageBox(this.#options.window, {
      type: 'error',
      message: words.failed,
      detail: words.failedDetail(reason),
    });
  }
}
