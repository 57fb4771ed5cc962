/**
 * A conversation with a boot loader, or with fastbootd. Its answers are typed, its refusals keep the
 * device's own words. After a deadline or a cancel in the middle of a command it says no more (see
 * turns.ts): a new session is opened.
 */
import {
  cancelSnapshot,
  erase,
  flash,
  getvar,
  isPartitionName,
  isVariableName,
  reboot,
  resizeLogical,
  setActive,
  updateSuper,
  type RebootTarget,
} from '../../protocols/fastboot/commands.ts';
import { parseVariableLines } from '../../protocols/fastboot/variable-lines.ts';
import {
  essentialVariables,
  readVariables,
  type FastbootVariables,
} from '../../protocols/fastboot/variables.ts';
import { PortError, type Wait } from '../../ports/port.ts';
import { downloadTo, type DownloadProgress, type DownloadSource } from './download.ts';
import { FastbootError } from './fastboot-error.ts';
import type { FastbootLink } from './link.ts';
import { Turns } from './turns.ts';

export interface FastbootAnswer {
  /** What stood behind OKAY. */
  readonly text: string;
  /** INFO and TEXT before it, as they came. */
  readonly lines: readonly string[];
}

export class FastbootSession {
  readonly kind = 'fastboot';
  readonly #link: FastbootLink;
  readonly #turns: Turns;

  constructor(link: FastbootLink) {
    this.#link = link;
    this.#turns = new Turns(link);
  }

  get url(): string {
    return this.#link.url;
  }

  get closed(): Promise<PortError | null> {
    return this.#link.closed;
  }

  /**
   * `timeoutMs` is for each reply: a device that says INFO is alive.
   * @throws FastbootError `reply-timeout`, `reply-malformed`, `command-refused`,
   * `bootloader-locked`, `command-unsupported`, `message-too-large`, `cancelled`; PortError
   */
  async request(command: string, wait: Wait): Promise<FastbootAnswer> {
    const lines: string[] = [];
    await this.#turns.begin(command, wait);
    const end = await this.#turns.end(command, wait, lines);
    if (end.kind !== 'okay') throw this.#turns.malformed(command, 'data-unasked');
    return { text: end.text, lines };
  }

  /** null: the boot loader has no such variable. Throws as `request`. */
  async getvar(variable: string, wait: Wait): Promise<string | null> {
    const answer = await this.#unlessRefused(getvar(variable), wait);
    return answer === null ? null : answer.text.trim();
  }

  /**
   * What it says of itself; asked one by one what `getvar all` left out of what every flash needs and
   * of `names`. Throws as `request`.
   */
  async getvarAll(wait: Wait, names: readonly string[] = []): Promise<FastbootVariables> {
    const answer = await this.#unlessRefused(getvar('all'), wait);
    const { values } = parseVariableLines(answer?.lines ?? []);
    return await this.getvarsToo({ values }, [...essentialVariables, ...names], wait);
  }

  /** What was told, with what it lacks of `names`: each is asked for by its name. Throws as `request`. */
  async getvarsToo(
    told: Pick<FastbootVariables, 'values'>,
    names: readonly string[],
    wait: Wait,
  ): Promise<FastbootVariables> {
    const values = new Map(told.values);
    for (const name of new Set(names)) {
      if (values.has(name) || !isVariableName(name)) continue;
      const value = await this.getvar(name, wait);
      if (value !== null) values.set(name, value);
    }
    return readVariables({ values });
  }

  /** fastbootd answers in place of the boot loader: only it writes logical partitions. As `request`. */
  async isUserspace(wait: Wait): Promise<boolean> {
    return (await this.getvar('is-userspace', wait)) === 'yes';
  }

  /** See download.ts. */
  download(source: DownloadSource, wait: Wait): AsyncGenerator<DownloadProgress, void, void> {
    return downloadTo(this.#turns, source, wait);
  }

  /** Writes what was downloaded; large partitions take minutes. Throws as `request`. */
  async flash(partition: string, wait: Wait): Promise<FastbootAnswer> {
    return await this.request(flash(checked(partition)), wait);
  }

  async erase(partition: string, wait: Wait): Promise<FastbootAnswer> {
    return await this.request(erase(checked(partition)), wait);
  }

  /** fastbootd: a logical partition gets room for so much, and loses what was in it at 0. As `request`. */
  async resizeLogical(partition: string, sizeBytes: number, wait: Wait): Promise<void> {
    await this.request(resizeLogical(checked(partition), sizeBytes), wait);
  }

  /**
   * fastbootd: what was downloaded (super_empty.img) becomes the table of logical partitions; those of
   * the slot that runs are made anew. `wipe`: all of them. Throws as `request`.
   */
  async updateSuper(partition: string, wipe: boolean, wait: Wait): Promise<void> {
    await this.request(updateSuper(checked(partition), wipe), wait);
  }

  /** An update in the background that was not merged yet is given up. Throws as `request`. */
  async cancelSnapshot(wait: Wait): Promise<void> {
    await this.request(cancelSnapshot, wait);
  }

  /** `slot`: `a` or `b`. Throws as `request`. */
  async setActive(slot: string, wait: Wait): Promise<void> {
    await this.request(setActive(checked(slot)), wait);
  }

  /** The reply may be lost with the restart. Throws as `request`. */
  async reboot(target: RebootTarget, wait: Wait): Promise<void> {
    try {
      await this.request(reboot(target), wait);
    } catch (error) {
      if (!(error instanceof PortError) || error.code !== 'port-vanished') throw error;
    }
  }

  close(): Promise<void> {
    return this.#link.close();
  }

  async #unlessRefused(command: string, wait: Wait): Promise<FastbootAnswer | null> {
    try {
      return await this.request(command, wait);
    } catch (error) {
      const isRefusal = error instanceof FastbootError && refusals.has(error.code);
      if (isRefusal) return null;
      throw error;
    }
  }
}

const refusals: ReadonlySet<string> = new Set([
  'command-refused',
  'command-unsupported',
  'bootloader-locked',
]);

/** Names come from packages: one with other letters could be another command's. */
function checked(name: string): string {
  if (isPartitionName(name)) return name;
  throw new RangeError(`no partition's name: ${JSON.stringify(name)}`);
}
