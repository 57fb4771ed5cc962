/**
 * What a terminal is connected with where it is not left to recognition: a shipped profile by its
 * name or a profile file of one's own, and a merchant's file. A choice holds for one connection; the
 * next terminal may be another model.
 */
import type { ProfileProblem } from '../../native-bridge/contract/profile.ts';
import type { Result } from '../../native-bridge/contract/requests.ts';
import type { ChosenFile } from '../host.d.ts';
import type { BridgeClient } from './bridge-client.ts';
import { FileChoice } from './files.svelte.ts';
import { Task } from './task.svelte.ts';

export type ProfileSummary = Result<'listProfiles'>['profiles'][number];
type FileKind = 'profile' | 'merchant';

/** What `connect` takes beside the port. */
export interface ConnectOptions {
  readonly profile?: string;
  readonly profileFileId?: string;
  readonly merchantFileId?: string;
}

/** A file with mistakes is not taken; they are shown until another is chosen. */
export interface RefusedFile {
  readonly kind: FileKind;
  readonly name: string;
  readonly problems: readonly ProfileProblem[];
}

export class ModelChoice {
  /** A shipped profile's name; null: recognised, or `profileFile`. */
  profile = $state<string | null>(null);
  profileFile = $state.raw<ChosenFile | null>(null);
  merchantFile = $state.raw<ChosenFile | null>(null);
  refused = $state.raw<RefusedFile | null>(null);
  profiles = $state.raw<readonly ProfileSummary[]>([]);
  readonly listing = new Task();
  readonly checking = new Task();
  readonly files = new FileChoice();
  readonly #client: BridgeClient;

  constructor(client: BridgeClient) {
    this.#client = client;
  }

  /** Nothing is chosen by hand. */
  get automatic(): boolean {
    return this.profile === null && this.profileFile === null && this.merchantFile === null;
  }

  get options(): ConnectOptions {
    return {
      ...(this.profile !== null && { profile: this.profile }),
      ...(this.profileFile !== null && { profileFileId: this.profileFile.fileId }),
      ...(this.merchantFile !== null && { merchantFileId: this.merchantFile.fileId }),
    };
  }

  async list(): Promise<void> {
    const list = await this.listing.run(() => this.#client.start('listProfiles', {}));
    if (list !== null) this.profiles = list.profiles;
  }

  /** null: leave it to recognition. */
  chooseShipped(name: string | null): void {
    this.profile = name;
    this.profileFile = null;
    this.refused = null;
  }

  /** Asks for a file and checks it before anything is connected with it. */
  async chooseFile(kind: FileKind): Promise<void> {
    if (this.checking.running) return;
    const file = await this.files.choose(kind);
    if (file === null) return;
    this.refused = null;
    const checked = await this.checking.run(() =>
      this.#client.start('checkProfile', { fileId: file.fileId, kind }),
    );
    if (checked === null) return;
    if (!checked.good) this.refused = { kind, name: file.name, problems: checked.problems };
    else if (kind === 'merchant') this.merchantFile = file;
    else {
      this.profile = null;
      this.profileFile = file;
    }
  }

  forgetMerchant(): void {
    this.merchantFile = null;
  }

  /** Back to recognition. */
  reset(): void {
    this.chooseShipped(null);
    this.merchantFile = null;
  }

  /** The bridge that knew the files is gone. */
  forgetFiles(): void {
    this.profileFile = null;
    this.merchantFile = null;
    this.refused = null;
  }
}
