/** Files the technician chooses through the host's dialogue; what went wrong with one. */
import { faultOf } from '../../native-bridge/contract/bridge-fault.ts';
import type { Fault } from '../../native-bridge/contract/fault.ts';
import type { ChosenFile, FileKind } from '../host.d.ts';

export class FileChoice {
  fault = $state.raw<Fault | null>(null);

  /** null where the dialogue was closed or the file can't be read (then `fault` is set). */
  async choose(kind: FileKind): Promise<ChosenFile | null> {
    this.fault = null;
    try {
      return await window.posBench.openFile(kind);
    } catch (error) {
      this.fault = { code: 'file-unreadable', facts: {}, trace: faultOf(error).trace };
      return null;
    }
  }
}
