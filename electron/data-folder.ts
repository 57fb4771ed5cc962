/** The data folder as the preferences show it: opened in the file manager, and moved with a restart. */
import { app, dialog, shell, type BrowserWindow } from 'electron';
import { noteMove } from '../native-bridge/records/moved-folder.ts';
import type { DataFolder, MoveAnswer } from '../renderer/host.d.ts';
import type { BridgeHost } from './bridge-host.ts';
import { copyData, destinationIn, isShared, overlaps } from './move-data.ts';
import type { MoveWords } from './words.ts';

export interface FolderOptions {
  readonly window: BrowserWindow;
  readonly bridge: BridgeHost;
  readonly path: string;
  readonly fixed: boolean;
  readonly workRuns: () => boolean;
  readonly words: () => MoveWords;
}

export class DataFolderHost {
  readonly #options: FolderOptions;

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

  async move(): Promise<MoveAnswer> {
    const { window, path, fixed, workRuns } = this.#options;
    if (fixed) return null;
    if (workRuns() || isShared(path)) return 'work-runs';
    const words = this.#options.words();
    const { filePaths } = await dialog.showOpenDialog(window, {
      title: words.title,
      properties: ['openDirectory', 'createDirectory', 'promptToCreate'],
    });
    const [chosen] = filePaths;
    if (chosen === undefined || chosen === path) return null;
    if (overlaps(chosen, path)) return 'not-writable';
    const to = destinationIn(chosen);
    if (to === null) return 'not-writable';
    const { response } = await dialog.showMessageBox(window, {
      type: 'question',
      message: to.folder,
      detail: to.hasRecords ? words.use : words.copy,
      buttons: [words.stay, words.go],
      defaultId: 0,
      cancelId: 0,
    });
    if (response !== 1) return null;
    // Work may have begun while it was asked.
    if (workRuns()) return 'work-runs';
    await this.#go(to.folder, to.hasRecords, words);
    return 'moving';
  }

  /** The bridge ends first: what is copied must not change meanwhile. */
  async #go(folder: string, hasRecords: boolean, words: MoveWords): Promise<void> {
    const { bridge, path, window } = this.#options;
    await bridge.close();
    try {
      if (!hasRecords) await copyData(path, folder);
      noteMove(folder);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      await dialog.showMessageBox(window, {
        type: 'error',
        message: words.failed,
        detail: words.failedDetail(reason),
      });
    }
    app.relaunch();
    app.quit();
  }
}
