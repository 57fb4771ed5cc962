/** The terminals and ports as the bridge reports them, which one is looked at, and how they are connected. */
import type { Sentence } from '../../native-bridge/contract/common.ts';
import type { Fault } from '../../native-bridge/contract/fault.ts';
import type { PortInfo, PortList } from '../../native-bridge/contract/port.ts';
import { portDevices, type PortDevice } from './port-devices.ts';
import type { Job } from '../../native-bridge/contract/job.ts';
import type { Terminal } from '../../native-bridge/contract/terminal.ts';
import { SvelteMap } from 'svelte/reactivity';
import { isLineFault, type BridgeClient } from './bridge-client.ts';
import { Desk, type Tab } from './desk.svelte.ts';
import { Greeting, wasCutOff } from './greeting.ts';
import { ConnectedWith } from './connected-with.svelte.ts';
import type { ConnectOptions, ModelChoice } from './model-choice.svelte.ts';
import { Task } from './task.svelte.ts';

const consentCodes: ReadonlySet<string> = new Set([
  'adb-not-authorised',
  'adb-tap-timeout',
  'adb-locked-down',
]);

export class Terminals {
  list = $state.raw<readonly Terminal[]>([]);
  ports = $state.raw<PortList>({ ports: [], listedBy: 'system' });
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
  readonly #desks = new SvelteMap<string, Desk>();
  /** Running jobs on terminals that the list has not brought yet: after a reload. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing is shown from it
  readonly #early = new Map<string, Job[]>();
  /** Of a bridge that is gone; the one that runs does not know them. */
  #left: readonly Terminal[] = [];
  /** What each port was connected with last, so that connecting again needs no second choice. */
  readonly #connectedWith = new ConnectedWith();
  readonly #greeting = new Greeting();
  readonly #client: BridgeClient;

  constructor(client: BridgeClient) {
    this.#client = client;
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

  /** Ports that no terminal in the list stands on. */
  get freePorts(): readonly PortInfo[] {
    const taken = this.list.filter(({ connected }) => connected).map(({ portUrl }) => portUrl);
    return this.ports.ports.filter(({ url }) => !taken.includes(url));
  }

  /** As `freePorts`, a device's doors together. */
  get freeDevices(): readonly PortDevice[] {
    return portDevices(this.freePorts);
  }

  /** By another of its doors. */
  isConnected({ ports }: PortDevice): boolean {
    return this.list.some(
      ({ connected, portUrl }) =>
        connected && this.otherDoors(portUrl).some(({ url }) => url === ports[0]?.url),
    );
  }

  /** Other ways to the terminal on this port: the rest of its USB device's doors. */
  otherDoors(portUrl: string): readonly PortInfo[] {
    const { ports } = this.ports;
    const deviceId = ports.find(({ url }) => url === portUrl)?.deviceId ?? null;
    if (deviceId === null) return [];
    return ports.filter((port) => port.deviceId === deviceId && port.url !== portUrl);
  }

  /** A terminal asks on its own screen, and somebody has to tap. */
  get waitsForTap(): boolean {
    return this.connectingWaits?.key === 'connect_wait_tap';
  }

  /** The terminal did not let this computer in; null: it is not about that. */
  get notLetIn(): Fault | null {
    const { fault } = this.connecting;
    return fault !== null && consentCodes.has(fault.code) ? fault : null;
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
    this.#left = this.list.filter(({ training }) => !training);
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
    this.selectedId = id;
  }

  /** null where it failed (then the task has the fault), was stopped, or another is being connected. */
  async connect(
    portUrl: string,
    options: ConnectOptions = {},
    task = this.connecting,
  ): Promise<Terminal | null> {
    const terminal = await this.#connect(portUrl, options, task);
    this.#greet();
    return terminal;
  }

  async #connect(portUrl: string, options: ConnectOptions, task: Task): Promise<Terminal | null> {
    if (task.running) return null;
    if (task === this.connecting) this.connectingTo = portUrl;
    const params = { portUrl, ...options };
    this.connectingWaits = null;
    const terminal = await task.run(() =>
      this.#client.start(
        'connect',
        params,
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
    this.#put(terminal);
    if (!this.list.some(({ id }) => id === terminal.id)) this.list = [...this.list, terminal];
    this.selectedId = terminal.id;
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

  async disconnect(id: string): Promise<void> {
    await this.connecting.run(() => this.#client.start('disconnect', { terminalId: id }));
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
    const looked = this.selectedId;
    const { connectingTo } = this;
    const { fault } = this.connecting;
    await this.#connect(portUrl, {}, this.connecting);
    if (looked !== null && this.#staysInSight(looked)) this.selectedId = looked;
    if (fault !== null && connectingTo !== portUrl && this.connecting.fault === null) {
      this.connecting.fault = fault;
      this.connectingTo = connectingTo;
    }
    this.#greet();
  }

  /** It is here, or its work was cut off and says how to go on; one that is done with gives way. */
  #staysInSight(id: string): boolean {
    const terminal = this.list.find((each) => each.id === id);
    return terminal !== undefined && (terminal.connected || wasCutOff(terminal));
  }

  #take(terminals: readonly Terminal[]): void {
    const isThere = (left: Terminal): boolean =>
      terminals.some(({ id, portUrl }) => id === left.id || portUrl === left.portUrl);
    this.#left = this.#left.filter((left) => !isThere(left));
    this.list = inPlace(this.list, [...terminals, ...this.#left]);
    for (const terminal of terminals) this.#put(terminal);
    const present = this.list.some(({ id }) => id === this.selectedId);
    if (!present) this.selectedId = terminals.find(({ connected }) => connected)?.id ?? null;
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

/** Those that were listed keep their places; what is new follows. */
function inPlace(listed: readonly Terminal[], now: readonly Terminal[]): Terminal[] {
  const place = (terminal: Terminal): number => {
    const at = listed.findIndex(({ id }) => id === terminal.id);
    return at < 0 ? listed.length : at;
  };
  return now.toSorted((a, b) => place(a) - place(b));
}
