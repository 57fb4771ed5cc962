/** Files the technician chooses through the host's dialogue or drops; what went wrong with one. */
import { faultOf } from '../../native-bridge/contract/bridge-fault.ts';
import type { Fault } from '../../native-bridge/contract/fault.ts';
import type { ChosenFile, FileAnswer, FileKind, PosBenchHost } from '../host.d.ts';

/** The page's window, by a name that a test without a page has, too. */
const page = globalThis as unknown as { readonly posBench: PosBenchHost };

export class FileChoice {
  fault = $state.raw<Fault | null>(null);
  #asking = false;

  /**
   * null where the dialogue was closed, is open already, or the file can't be read (then `fault`
   * is set).
   */
  async choose(kind: FileKind): Promise<ChosenFile | null> {
    return await this.#ask(() => page.posBench.openFile(kind));
  }

  /** null where it is no file on the disk, or can't be read (then `fault` is set). */
  async drop(file: File): Promise<ChosenFile | null> {
    return await this.#ask(() => page.posBench.droppedFile(file));
  }

  async #ask(ask: () => Promise<FileAnswer | null>): Promise<ChosenFile | null> {
    if (this.#asking) return null;
    this.#asking = true;
    this.fault = null;
    try {
      const answer = await ask();
      if (answer === null) return null;
      if ('file' in answer) return answer.file;
      this.fault = answer.fault;
    } catch (error) {
      this.fault = faultOf(error);
    } finally {
      this.#asking = false;
    }
    return null;
  }
}
