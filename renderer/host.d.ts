/**
 * What the desktop host gives the window (electron/preload). It is all the window can ask of the
 * computer: no paths, no processes, no network.
 *
 * The line to the bridge is a MessagePort. A port cannot cross the context bridge, so the preload
 * script posts it to its own page: `window.postMessage({ type: 'pos-bench:port' }, origin, [port])`.
 * The first is asked for with `requestPort()` once the page listens; after a crash of the bridge
 * the host posts a new one unasked. `wasClosed` in the message: the bridge had not failed, the host
 * had closed it for a while.
 */

import type { Fault } from '../native-bridge/contract/fault.ts';

export type FileKind =
  | 'firmware'
  | 'key'
  | 'merchant'
  | 'profile'
  | 'backup'
  | 'photo'
  | 'picture'
  | 'app'
  | 'logo'
  | 'public-key'
  | 'signed';

export interface ChosenFile {
  readonly fileId: string;
  readonly name: string;
  readonly sizeBytes: number;
}

/**
 * A rejection keeps only its words on the way from host to window; a fault travels as an answer.
 */
export type FileAnswer = { readonly file: ChosenFile } | { readonly fault: Fault };

/** `saved` is false where the dialogue was closed. */
export type SaveAnswer =
  | {
      readonly saved: boolean;
      /** Its name, as the technician chose it; absent where the dialogue was closed. */
      readonly file?: string;
      /** The signature's file beside it; absent where none was asked for or the shop has no key. */
      readonly signedAs?: string;
      /** It was saved, and could not be signed. */
      readonly unsigned?: Fault;
    }
  | { readonly fault: Fault };

export interface StoredPreferences {
  readonly locale: 'zh-CN' | 'en' | null;
  readonly theme: 'light' | 'dark' | 'system';
  /** Ids of training exercises that were done. */
  readonly exercisesDone: string[];
  readonly textSizePercent: 100 | 125 | 150;
  readonly notifications: boolean;
  readonly updates: boolean;
  readonly lastView: {
    readonly place: string;
    readonly terminalId: string | null;
    readonly tab: string | null;
  } | null;
}

/** What is not given stays as it is. */
export type PreferencesChange = {
  readonly [Name in keyof StoredPreferences]?: NonNullable<StoredPreferences[Name]>;
};

/** Long work has ended, in the words of the window. */
export interface Notice {
  readonly title: string;
  readonly text: string;
  /** Where it is shown; null: without a terminal. */
  readonly terminalId: string | null;
  readonly tab: string;
}

/** Something typed or drawn that is kept nowhere yet. */
export type Begun = 'signature' | 'evidence' | 'settings';

export interface DataFolder {
  /** To be shown; the window can open nothing by it. */
  readonly path: string;
  /** The command line says where it is: it can't be changed here. */
  readonly fixed: boolean;
}

/** Why the data folder stays where it is; null: the dialogue was closed. */
export type MoveAnswer = 'moving' | 'work-runs' | 'not-writable' | null;

export interface UpdateState {
  /** `none`: this package was built without an address to ask. */
  readonly feed: 'none' | 'set';
  /** `waiting`: until the work that runs has ended. */
  readonly state: 'off' | 'waiting' | 'checking' | 'newest' | 'loading' | 'ready' | 'failed';
  /** The newer one. */
  readonly version: string | null;
}

export interface PosBenchHost {
  readonly platform: 'linux' | 'win32' | 'darwin' | (string & {});
  requestPort(): void;
  /**
   * Ends the bridge's process where it hangs; it is started again as after a crash. Whether it does comes
   * to the page as a message, `{ type: 'pos-bench:bridge-silent', silent }`.
   */
  endSilentBridge(): Promise<void>;
  /** Opens the system's dialogue; null where the technician closed it. */
  openFile(kind: FileKind): Promise<FileAnswer | null>;
  /** A file that was dropped or pasted; null where it is none on the disk. */
  droppedFile(file: File): Promise<FileAnswer | null>;
  /** Writes the text where the technician chooses. */
  saveText(file: { suggestedName: string; text: string; sign?: boolean }): Promise<SaveAnswer>;
  /** The same for what is no text. */
  saveBytes(file: {
    suggestedName: string;
    bytes: Uint8Array;
    sign?: boolean;
  }): Promise<SaveAnswer>;
  /** Prints the page as an A4 PDF and writes that. */
  savePdf(file: { suggestedName: string; html: string; sign?: boolean }): Promise<SaveAnswer>;
  /** The page may look through the camera between the two; `open` is false where the system refuses. */
  readonly camera: {
    open(): Promise<boolean>;
    close(): Promise<void>;
  };
  readonly preferences: {
    get(): Promise<StoredPreferences>;
    set(change: PreferencesChange): Promise<void>;
  };
  /**
   * Shown by the system where the window is not in front. Chosen there, the window comes to the front
   * and the page gets `{ type: 'pos-bench:notice-chosen', notice }` as a message.
   */
  notify(notice: Notice): void;
  /** All that is begun now: the host asks about it before it closes the window. */
  begun(kinds: readonly Begun[]): void;
  /** Since the computer started, its sleep with it; no setting of its clock changes that. */
  uptimeMs(): Promise<number>;
  /** Changes come to the page as messages, `{ type: 'pos-bench:update-state', state }`. */
  readonly updates: {
    get(): Promise<UpdateState>;
    /** Ends the program and starts the newer one; false: none is ready, or work runs. */
    install(): Promise<boolean>;
  };
  readonly dataFolder: {
    get(): Promise<DataFolder>;
    /** In the system's file manager. */
    open(): Promise<void>;
    /** Asks where to, and starts the program again there. */
    move(): Promise<MoveAnswer>;
  };
}

declare global {
  interface Window {
    readonly posBench: PosBenchHost;
  }
}
