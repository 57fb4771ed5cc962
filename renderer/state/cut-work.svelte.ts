/** Work that an earlier run left unfinished, and the way back to where it was. */
import type { CaseSummary } from '../../native-bridge/contract/case.ts';
import type { Result } from '../../native-bridge/contract/requests.ts';
import type { BridgeClient } from './bridge-client.ts';
import type { Tab } from './desk.svelte.ts';
import { Task } from './task.svelte.ts';
import type { Terminals } from './terminals.svelte.ts';

export type Interrupted = Result<'listInterrupted'>['interrupted'][number];

/** Cases are listed newest first: what was cut off lately is among these. */
const newestCases = 300;

const viewOf: Readonly<Record<string, Tab>> = {
  flash: 'firmware',
  installApp: 'apps',
  uninstallApp: 'apps',
  applySettings: 'settings',
  undoCorrection: 'settings',
  restoreSettings: 'settings',
};

export class CutWork {
  items = $state.raw<readonly Interrupted[]>([]);
  /** Of which of them the port has another terminal now. */
  elsewhere = $state.raw<Interrupted | null>(null);
  readonly listing = new Task();
  #cases = $state.raw<readonly CaseSummary[]>([]);
  readonly #client: BridgeClient;
  readonly #terminals: Terminals;

  constructor(client: BridgeClient, terminals: Terminals) {
    this.#client = client;
    this.#terminals = terminals;
  }

  /** Rejects where the journal can't be read. */
  async load(): Promise<void> {
    this.elsewhere = null;
    const { interrupted } = await this.#client.call('listInterrupted', {});
    this.items = interrupted;
    if (interrupted.length > 0) void this.#loadCases();
  }

  async #loadCases(): Promise<void> {
    const list = await this.listing.restart(() =>
      this.#client.start('listCases', { limit: newestCases }),
    );
    if (list !== null) this.#cases = list.cases;
  }

  /** The case it belongs to: whose terminal it was, and on which port. */
  caseOf({ caseId }: Interrupted): CaseSummary | null {
    return this.#cases.find(({ id }) => id === caseId) ?? null;
  }

  /** Connects its terminal where it was last, and opens the view that says what became of it. */
  async takeUp(item: Interrupted, portUrl: string): Promise<void> {
    this.elsewhere = null;
    const { terminalId, request } = item;
    const here = this.#terminals.list.find(({ id, connected }) => id === terminalId && connected);
    const terminal = here ?? (await this.#terminals.reconnect(portUrl));
    if (terminal === null) return;
    if (here !== undefined) this.#terminals.select(terminal.id);
    const desk = this.#terminals.desk(terminal.id);
    if (terminal.id !== terminalId) this.elsewhere = item;
    else if (desk !== null) desk.tab = viewOf[request] ?? desk.tab;
  }

  dismiss(): void {
    this.items = [];
    this.elsewhere = null;
  }
}
