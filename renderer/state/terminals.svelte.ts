/** The terminals and ports as the bridge reports them, which one is looked at, and how they are connected. */
import type { Sentence } from '../../native-bridge/contract/common.ts';
import type { Fault } from '../../native-bridge/contract/fault.ts';
import type { Job } from '../../native-bridge/contract/job.ts';
import type { Terminal } from '../../native-bridge/contract/terminal.ts';
import { SvelteMap } from 'svelte/reactivity';
import { Attached } from './attached.svelte.ts';
import { isLineFault, type BridgeClient } from './bridge-client.ts';
import { lacksConsent } from './consent.ts';
import { Desk, type Tab } from './desk.svelte.ts';
import { Greeting, wasCutOff } from './greeting.ts';
import { ConnectedWith } from './connected-with.svelte.ts';
import type { ConnectOptions, ModelChoice } from './model-choice.svelte.ts';
import { LeftTerminals } from './left-terminals.ts';
import { attentionTo, type Attention, type Offered } from './offered.ts';
import { portDevices } from './port-devices.ts';
import { Task } from './task.svelte.ts';

export class Terminals extends Attached {
  /** False until the first list came. */
  known = $state(false);
  selectedId = $state<string | null>(null);
  /** The view that was open when the window was closed, until its terminal is here. */
  lookAgain: { readonly terminalId: string; readonly tab: Tab } | null = null;
  readonly watching = new Task();
  readonly connecting = new Task();
  /** The address that is being connected to, or was last. */
  connectingTo = $state<string | null>(null);
  /** Why it takes longer than an answer takes; null: nothing is known of it. */
  connectingWaits = $state.raw<Sentence | null>(null);
  /** How often the technician has chosen which one to look at. */
  turns = 0;
  offered = $state.raw<Offered | null>(null);
  readonly #desks = new SvelteMap<string, Desk>();
  /** Running jobs on terminals that the list has not brought yet: after a reload. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing is shown from it
  readonly #early = new Map<string, Job[]>();
  readonly #left = new LeftTerminals();
  /** What each port was connected with last, so that connecting again needs no second choice. */
  readonly #connectedWith = new ConnectedWith();
  readonly #greeting = new Greeting();
  readonly #client: BridgeClient;
  readonly #attention: Attention;

  constructor(client: BridgeClient, attention?: Attention) {
    super();
    this.#client = client;
    this.#attention = attention ?? attentionTo(this);
  }

  get state(): 'loading' | 'live' | 'failed' {
    const code = this.watching.fault?.code;
    // With the line watching comes back.
    if (code !== undefined && !isLineFault(code)) return 'failed';
    return this.known ? 'live' : 'loading';
  }

  get selected(): Desk | null {
    return this.selectedId === null ? null : (this.#desks.get(this.selectedId) ?? null);
  }

  /** A terminal asks on its own screen, and somebody has to tap. */
  get waitsForTap(): boolean {
    return this.connectingWaits?.key === 'connect_wait_tap';
  }

  /** The terminal did not let this computer in; null: it is not about that. */
  get notLetIn(): Fault | null {
    const { fault } = this.connecting;
    return fault !== null && lacksConsent(fault) ? fault : null;
  }

  /** Recognition did not do it: the technician may know better. */
  get unrecognised(): boolean {
    return this.connecting.fault?.code === 'terminal-unknown';
  }

  get busyCount(): number {
    const still = ['idle', 'gone'];
    return this.list.filter(({ activity }) => !still.includes(activity.kind)).length;
  }

  /**
   * The bridge is gone: nothing is connected until it says so again. A real terminal stays in sight
   * all the same, with what was typed in its views, until the next bridge finds it.
   */
  lost(): void {
    for (const desk of this.#desks.values()) desk.lost();
    this.#connectedWith.forgetFiles();
    this.list = this.list.map((terminal) => this.#desks.get(terminal.id)?.terminal ?? terminal);
    this.#left.keep(this.list.filter(({ training }) => !training));
    this.#left.goWithBridge(this.list.filter(({ training }) => training));
  }

  /** `told`: a list has come. Ends where none will come any more. */
  async watch(told: () => void = () => undefined): Promise<void> {
    // What watched on an earlier line may not have been seen to end.
    await this.watching.restart(() =>
      this.#client.start('watchTerminals', {}, ({ ports, terminals }) => {
        this.ports = ports;
        this.#take(terminals);
        this.known = true;
        told();
        this.#greet();
      }),
    );
  }

  desk(id: string): Desk | null {
    return this.#desks.get(id) ?? null;
  }

  select(id: string): void {
    this.turns += 1;
    this.#look(id);
  }

  #look(id: string): void {
    this.selectedId = id;
    if (this.offered?.terminalId === id) this.offered = null;
  }

  /**
   * Opens it where the technician is still where they asked for it and no dialogue is open; otherwise
   * it is `offered`. null where it failed (then the task has the fault), was stopped, or another is
   * being connected.
   */
  async connect(
    portUrl: string,
    options: ConnectOptions = {},
    task = this.connecting,
  ): Promise<Terminal | null> {
    const isStillThere = this.#attention.now();
    const terminal = await this.#connect(portUrl, options, task, (id) => {
      const may = isStillThere();
      if (!may && !this.#attention.sees(id)) {
        this.offered = { terminalId: id, tab: null, because: 'connected' };
      }
      return may;
    });
    this.#greet();
    return terminal;
  }

  /** `maySelect`: whether it may come into sight, asked once it is connected. */
  async #connect(
    portUrl: string,
    options: ConnectOptions,
    task: Task,
    maySelect: (id: string) => boolean,
  ): Promise<Terminal | null> {
    if (task.running) return null;
    if (task === this.connecting) this.connectingTo = portUrl;
    this.connectingWaits = null;
    const terminal = await task.run(() =>
      this.#client.start(
        'connect',
        { portUrl, ...options },
        ({ waitingFor }) => (this.connectingWaits = waitingFor),
      ),
    );
    this.connectingWaits = null;
    if (terminal === null) {
      // A page that was loaded again may know files of a bridge that is no more.
      if (task.fault?.code === 'file-missing') this.#connectedWith.forgetFiles();
      return null;
    }
    this.#connectedWith.keep([portUrl, terminal.portUrl], options);
    this.#left.takeBack(terminal.id);
    this.#left.found([terminal]);
    this.#put(terminal);
    const isListed = this.list.some(({ id }) => id === terminal.id);
    if (!isListed) this.list = [...this.list, terminal];
    else this.list = this.list.map((one) => (one.id === terminal.id ? terminal : one));
    if (maySelect(terminal.id)) this.#look(terminal.id);
    return terminal;
  }

  /** With what was chosen by hand; the next terminal may be another shop's. */
  async connectChosen(portUrl: string, choice: ModelChoice): Promise<Terminal | null> {
    const terminal = await this.connect(portUrl, choice.options);
    if (terminal !== null) choice.reset();
    return terminal;
  }

  /** As it was connected before, with the same profile and merchant. */
  async reconnect(
    portUrl: string,
    changes: ConnectOptions = {},
    task = this.connecting,
  ): Promise<Terminal | null> {
    return await this.connect(portUrl, { ...this.#connectedWith.get(portUrl), ...changes }, task);
  }

  /** The files that this port was connected with are no longer known: recognition takes their place. */
  hasForgottenFiles(portUrl: string): boolean {
    return this.#connectedWith.forgotten.has(portUrl);
  }

  /** Also one that is not there any more: it goes from the list. */
  async disconnect(id: string): Promise<void> {
    const desk = this.#desks.get(id);
    if (desk === undefined || desk.leaving.running) return;
    desk.isPutAway = desk.away && !desk.hasTyped;
    if (this.#left.drop(id)) {
      this.#show(this.list.filter((one) => one.id !== id));
      return;
    }
    this.#left.dismiss(id);
    const done = await desk.leaving.run(() => this.#client.start('disconnect', { terminalId: id }));
    if (done === null) this.#left.takeBack(id);
  }

  follow(jobs: readonly Job[]): void {
    for (const job of jobs) {
      if (job.terminalId === null) continue;
      const desk = this.#desks.get(job.terminalId);
      if (desk === undefined) {
        this.#early.set(job.terminalId, [...(this.#early.get(job.terminalId) ?? []), job]);
      } else desk.follow(job);
      this.selectedId ??= job.terminalId;
    }
  }

  /** Whoever is plugged in and waits for it, one after the other. */
  #greet(): void {
    if (!this.watching.running) return;
    const connecting = this.connecting.running ? (this.connectingTo ?? undefined) : undefined;
    const devices = portDevices(this.ports.ports);
    const portUrl = this.#greeting.next(devices, this.list, connecting);
    if (portUrl !== null && !this.connecting.running) void this.#connectUnasked(portUrl);
  }

  /** What was looked at stays in sight, and why another port failed stays to be read. */
  async #connectUnasked(portUrl: string): Promise<void> {
    const isStillThere = this.#attention.now();
    const { connectingTo } = this;
    const { fault } = this.connecting;
    await this.#connect(portUrl, {}, this.connecting, () => {
      const { selectedId: looked } = this;
      return looked === null || (!this.#staysInSight(looked) && isStillThere());
    });
    if (fault !== null && connectingTo !== portUrl && this.connecting.fault === null) {
      this.connecting.fault = fault;
      this.connectingTo = connectingTo;
    }
    this.#greet();
  }

  /** It is here, was cut off and says how to go on, or holds what is typed; one done with gives way. */
  #staysInSight(id: string): boolean {
    const terminal = this.list.find((each) => each.id === id);
    const isHeld = this.#desks.get(id)?.hasTyped === true;
    return terminal !== undefined && (terminal.connected || wasCutOff(terminal) || isHeld);
  }

  #take(terminals: readonly Terminal[]): void {
    this.#keepLetGo(terminals);
    this.#left.found(terminals);
    for (const terminal of terminals) this.#put(terminal);
    this.#show(this.#left.among(this.list, terminals));
  }

  #show(list: readonly Terminal[]): void {
    this.list = list;
    const isListed = (id: string): boolean => list.some((one) => one.id === id);
    const done = [...this.#desks].filter(([id, { isPutAway }]) => isPutAway && !isListed(id));
    for (const [id] of done) this.#desks.delete(id);
    if (this.selectedId !== null && isListed(this.selectedId)) return;
    this.selectedId = list.find(({ connected }) => connected)?.id ?? null;
  }

  /** The bridge lets a terminal go to connect it anew: it stays in sight, also where that fails. */
  #keepLetGo(terminals: readonly Terminal[]): void {
    const isListed = (id: string): boolean => terminals.some((one) => one.id === id);
    const letGo = this.list.filter(({ id }) => !isListed(id) && !this.#left.has(id));
    for (const { id } of letGo) this.#desks.get(id)?.letGo();
    this.#left.keep(letGo.map((one) => this.#desks.get(one.id)?.terminal ?? one));
  }

  #put(terminal: Terminal): void {
    const desk = this.#desks.get(terminal.id);
    if (desk !== undefined) {
      desk.update(terminal);
      return;
    }
    const fresh = new Desk(this.#client, terminal);
    if (this.lookAgain?.terminalId === terminal.id && fresh.tabs.includes(this.lookAgain.tab)) {
      fresh.tab = this.lookAgain.tab;
      this.lookAgain = null;
    }
    this.#desks.set(terminal.id, fresh);
    const jobs = this.#early.get(terminal.id) ?? [];
    this.#early.delete(terminal.id);
    const followed = jobs.filter((job) => fresh.follow(job));
    if (followed.length === 0) void fresh.refresh();
    void fresh.diagnosis.resume();
  }
}
