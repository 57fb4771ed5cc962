/**
 * What the desktop host gives the window (electron/preload). It is all the window can ask of the
 * computer: no paths, no processes, no network.
 *
 * The line to the bridge is a MessagePort. A port cannot cross the context bridge, so the preload
 * script posts it to its own page: `window.postMessage({ type: 'pos-bench:port' }, origin, [port])`.
 * The first is asked for with `requestPort()` once the page listens; after a crash of the bridge
 * the host posts a new one unasked.
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
}

export interface PosBenchHost {
  readonly platform: 'linux' | 'win32' | 'darwin' | (string & {});
  requestPort(): void;
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
  readonly preferences: {
    get(): Promise<StoredPreferences>;
    set(change: Partial<StoredPreferences>): Promise<void>;
  };
}

declare global {
  interface Window {
    readonly posBench: PosBenchHost;
  }
}
