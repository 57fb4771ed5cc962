/**
 * What each port was connected with last: a profile by name, files by the ids that the bridge gave
 * them. It outlives a reload of the page, as the bridge and its ids do; where the bridge is lost
 * the ids are, too, and the technician is told that the files have to be chosen again.
 */
import { SvelteSet } from 'svelte/reactivity';
import { z } from 'zod';
import type { ConnectOptions } from './model-choice.svelte.ts';

const storageKey = 'pos-bench.connected-with';
const storedSchema = z.array(
  z.tuple([
    z.string(),
    z.object({
      profile: z.string().exactOptional(),
      profileFileId: z.string().exactOptional(),
      merchantFileId: z.string().exactOptional(),
    }),
  ]),
);

/** The page's own memory; a test without a page has none. */
const memory = (globalThis as { readonly sessionStorage?: Storage }).sessionStorage;

export class ConnectedWith {
  /** Ports whose files were lost with the bridge. */
  readonly forgotten = new SvelteSet<string>();
  readonly #options: Map<string, ConnectOptions>;

  constructor() {
    this.#options = remembered();
  }

  get(portUrl: string): ConnectOptions | undefined {
    return this.#options.get(portUrl);
  }

  keep(portUrls: readonly string[], options: ConnectOptions): void {
    for (const portUrl of portUrls) {
      this.#options.set(portUrl, options);
      this.forgotten.delete(portUrl);
    }
    this.#remember();
  }

  /** A shipped profile is found again by its name. */
  forgetFiles(): void {
    for (const [portUrl, { profile, profileFileId, merchantFileId }] of this.#options) {
      if (profileFileId !== undefined || merchantFileId !== undefined) this.forgotten.add(portUrl);
      this.#options.set(portUrl, profile === undefined ? {} : { profile });
    }
    this.#remember();
  }

  #remember(): void {
    memory?.setItem(storageKey, JSON.stringify([...this.#options]));
  }
}

function remembered(): Map<string, ConnectOptions> {
  try {
    return new Map(storedSchema.parse(JSON.parse(memory?.getItem(storageKey) ?? '[]')));
  } catch {
    return new Map();
  }
}
