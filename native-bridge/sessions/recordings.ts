/**
 * The recordings of one run of the program: one file for each port, however often the port is
 * opened, because a terminal that restarts comes back in the middle of a job.
 */
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Recording, recordToFile } from './recording.ts';

export class Recordings {
  readonly folder: string;
  readonly #byPort = new Map<string, Promise<Recording>>();
  readonly #files = new Map<string, string>();

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Rejects where the file can't be made; the next call tries anew. */
  async of(portUrl: string): Promise<Recording> {
    const known = this.#byPort.get(portUrl);
    if (known) return await known;
    const made = this.#make(portUrl);
    this.#byPort.set(portUrl, made);
    made.catch(() => this.#byPort.delete(portUrl));
    return await made;
  }

  /** The whole path of this port's file; null: it is not recorded. */
  fileOf(portUrl: string): string | null {
    return this.#files.get(portUrl) ?? null;
  }

  async #make(portUrl: string): Promise<Recording> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const file = resolve(this.folder, fileName(portUrl));
    const recording = await recordToFile(file);
    this.#files.set(portUrl, file);
    return recording;
  }

  /** What was said is on the disk afterwards. */
  async closeAll(): Promise<void> {
    const made = [...this.#byPort.values()];
    await Promise.allSettled(made.map(async (recording) => (await recording).close()));
  }
}

function fileName(portUrl: string): string {
  const time = new Date().toISOString().replaceAll(':', '');
  const port = portUrl.replaceAll(/[^\w]+/g, '_').slice(-60);
  return `${time}-${port}.jsonl`;
}
