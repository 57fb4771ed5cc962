/**
 * One terminal that was connected: its port, its open session, its profile, who uses the line now
 * and what it is doing. It outlives its cable: unplugged it stays, and says what was interrupted.
 */
import { BridgeFault } from '../contract/bridge-fault.ts';
import type { Sentence } from '../contract/common.ts';
import type { Activity, Identity, Terminal } from '../contract/terminal.ts';
import type { AdbSession } from '../sessions/adb/adb-session.ts';
import type { FastbootSession } from '../sessions/fastboot/fastboot-session.ts';
import type { SmpSession } from '../sessions/smp/smp-session.ts';
import type { Profile } from '../terminals/profile.ts';
import type { ConnectionFacts, LastRead, Remarks } from './connection-facts.ts';
import { LineArbiter, type LineHold, type LineUse } from './line-arbiter.ts';
import { ShownActivity } from './shown-activity.ts';
import { doorNames, type TerminalSession } from './terminal-session.ts';

const lineWaitMs = 30_000;
/** A terminal that is coming up answers some questions only after a while. */
const settledTimes = 5;

export class Connection {
  readonly terminalId: string;
  readonly profile: Profile;
  readonly training: boolean;
  readonly portsBefore: ReadonlySet<string>;
  readonly usbSerialNumber: string | null;
  /** Grows with what is flashed: by these it is known where it can't say who it is. */
  readonly knownHashes: Set<string>;
  /** A flash ended without knowing how: the terminal is looked at until it tells. */
  flashOpen = false;
  lastRead: LastRead | null = null;
  interrupted: Sentence | null = null;
  #lookedAt = { state: '', times: 0 };
  #portUrl: string;
  readonly #portsLeft = new Set<string>();
  #bootLoader: boolean;
  #awaited = false;
  readonly line = new LineArbiter();
  readonly #changed: () => void;
  readonly #lastVisitUtc: string | null;
  #identity: Identity;
  #session: TerminalSession | null = null;
  readonly #activity = new ShownActivity();
  #remarks: Remarks;
  readonly #end = new AbortController();
  #reopening: Promise<void> | null = null;
  #letsNobodyIn = false;

  constructor(facts: ConnectionFacts, session: TerminalSession, changed: () => void) {
    this.terminalId = facts.terminalId;
    this.#portUrl = facts.portUrl;
    this.#bootLoader = facts.bootLoader;
    this.knownHashes = new Set(facts.slotHashes);
    this.portsBefore = facts.portsBefore;
    this.usbSerialNumber = facts.usbSerialNumber;
    this.profile = facts.profile;
    this.training = facts.training;
    this.#identity = facts.identity;
    this.#lastVisitUtc = facts.lastVisitUtc;
    const { nickname, lastCause } = facts;
    this.#remarks = { nickname, lastCause, settledFlash: null, unfinished: null };
    this.#changed = changed;
    this.attach(session);
  }

  get identity(): Identity {
    return this.#identity;
  }

  /** Where it is now; it may come back on another port. */
  get portUrl(): string {
    return this.#portUrl;
  }

  /** False once an open flash was settled a few times on what the terminal says unchanged. */
  isNews(state: string): boolean {
    const times = this.#lookedAt.state === state ? this.#lookedAt.times + 1 : 1;
    this.#lookedAt = { state, times };
    return times <= settledTimes;
  }

  set bootLoader(only: boolean) {
    this.#bootLoader = only;
    this.#changed();
  }

  /** A flash waits for it to come back, on whatever port. */
  get awaited(): boolean {
    return this.#awaited && !this.connected;
  }

  set awaited(awaited: boolean) {
    this.#awaited = awaited;
  }

  /** Addresses that it had before: a boot loader's, or the system's, to which it may go back. */
  get portsLeft(): ReadonlySet<string> {
    return this.#portsLeft;
  }

  /** It is back on another port. */
  moveTo(portUrl: string, session: TerminalSession): void {
    this.#portsLeft.add(this.#portUrl);
    this.#portUrl = portUrl;
    this.attach(session);
  }

  /** Nobody agreed to this computer on its screen: it is not asked again until somebody connects. */
  get letsNobodyIn(): boolean {
    return this.#letsNobodyIn;
  }

  notLetIn(why: Sentence): void {
    this.#letsNobodyIn = true;
    this.interrupted = why;
    this.#setActivity('gone', why, null);
  }

  /** What the terminal said of itself anew (after a flash). */
  set identity(identity: Identity) {
    this.#identity = identity;
    this.#changed();
  }

  /** What is shown beside it. */
  remark(part: Partial<Remarks>): void {
    this.#remarks = { ...this.#remarks, ...part };
    this.#changed();
  }

  /** Given up for good: its locks are gone, so nothing is opened for it any more. */
  get ended(): boolean {
    return this.#end.signal.aborted;
  }

  get connected(): boolean {
    return this.#session !== null;
  }

  /** The open session. Throws `port-vanished` where the cable is out. */
  get session(): TerminalSession {
    if (!this.#session) throw new BridgeFault('port-vanished', { port: this.portUrl });
    return this.#session;
  }

  /** For what only the management line can. Throws as `session`, and `door-unfit {door, needs}`. */
  get smp(): SmpSession {
    const { session } = this;
    if (session.kind === 'smp') return session;
    throw unfit(session, 'smp');
  }

  /** For what only ADB can. Throws as `session`, and `door-unfit {door, needs}`. */
  get adb(): AdbSession {
    const { session } = this;
    if (session.kind === 'adb') return session;
    throw unfit(session, 'adb');
  }

  /** For what only a boot loader can. Throws as `session`, and `door-unfit {door, needs}`. */
  get fastboot(): FastbootSession {
    const { session } = this;
    if (session.kind === 'fastboot') return session;
    throw unfit(session, 'fastboot');
  }

  /** Takes a freshly opened session, at first and when the terminal is back. */
  attach(session: TerminalSession): void {
    this.#session = session;
    this.interrupted = null;
    this.#letsNobodyIn = false;
    if (this.#activity.now.kind === 'gone') this.#setActivity('idle', null, null);
    const closed = () => this.#onSessionClosed(session);
    session.closed.then(closed, closed);
    this.#changed();
  }

  /**
   * Opens the terminal anew; one attempt at a time, so that no session is ever left behind. `open`
   * gives null, and closes what it opened, where it is not this terminal. Throws what `open` throws,
   * `terminal-busy` while another attempt runs, `cancelled` once the connection was given up.
   */
  async reopen(
    open: (signal: AbortSignal) => Promise<TerminalSession | null>,
    signal: AbortSignal,
  ): Promise<void> {
    if (this.#reopening) throw new BridgeFault('terminal-busy', { doing: 'connecting' });
    const attempt = this.#reopen(open, AbortSignal.any([signal, this.#end.signal]));
    this.#reopening = attempt;
    try {
      await attempt;
    } finally {
      this.#reopening = null;
    }
  }

  async #reopen(
    open: (signal: AbortSignal) => Promise<TerminalSession | null>,
    signal: AbortSignal,
  ): Promise<void> {
    if (signal.aborted) throw new BridgeFault('cancelled');
    const session = await open(signal);
    if (!session) return;
    if (this.#end.signal.aborted || this.connected) await session.close();
    else this.attach(session);
  }

  /** Waits for the line and shows what it is used for until the hold is released. */
  async use(
    use: LineUse,
    kind: Activity['kind'],
    detail: Sentence | null,
    signal?: AbortSignal,
  ): Promise<LineHold> {
    const hold = await this.line.acquire(use, lineWaitMs, signal);
    this.#setActivity(kind, detail, null);
    return {
      use,
      release: () => {
        hold.release();
        this.#setActivity(this.connected ? 'idle' : 'gone', null, null);
      },
    };
  }

  /**
   * The line for a question that nobody asked for: not shown as work, and not waited for. null: the
   * terminal is away, or somebody has the line.
   */
  async glance(signal: AbortSignal): Promise<LineHold | null> {
    if (!this.connected || this.line.holder !== null) return null;
    return await this.line.acquire('poll', lineWaitMs, signal);
  }

  /** Updates what is shown while a hold is kept. */
  report(kind: Activity['kind'], detail: Sentence | null, fraction: number | null): void {
    this.#setActivity(kind, detail, fraction);
  }

  async closeSession(): Promise<void> {
    const session = this.#session;
    this.#session = null;
    await session?.close();
  }

  /** Closes the session and waits for an attempt to open another: the port is free afterwards. */
  async end(): Promise<void> {
    this.#end.abort();
    await this.#reopening?.catch(() => undefined);
    await this.closeSession();
  }

  view(): Terminal {
    const { nickname, lastCause, settledFlash, unfinished } = this.#remarks;
    return {
      id: this.terminalId,
      portUrl: this.portUrl,
      profile: this.profile.name,
      training: this.training,
      identity: this.#identity,
      nickname,
      connected: this.connected,
      activity: this.#activity.now,
      interrupted: this.interrupted,
      lastVisitUtc: this.#lastVisitUtc,
      lastCause,
      fault: null,
      ...lineOf(this.#session),
      ...(this.#bootLoader && { bootLoader: true }),
      ...(settledFlash && { settledFlash }),
      ...(unfinished && { unfinished }),
    };
  }

  #onSessionClosed(session: TerminalSession): void {
    if (this.#session !== session) return;
    this.#session = null;
    // A flash expects the port to go and says itself how it ended.
    if (this.line.holder !== 'flash') {
      this.interrupted = this.#activity.cutOff;
      this.#setActivity('gone', this.interrupted, null);
    }
    this.#changed();
  }

  #setActivity(kind: Activity['kind'], detail: Sentence | null, fraction: number | null): void {
    this.#activity.set(kind, detail, fraction);
    this.#changed();
  }
}

function lineOf(session: TerminalSession | null): Pick<Terminal, 'line'> {
  if (session?.kind !== 'smp') return {};
  const { framesSent, lost } = session.statistics();
  return { line: { framesSent, lost } };
}

function unfit({ kind }: TerminalSession, needs: TerminalSession['kind']): BridgeFault {
  return new BridgeFault('door-unfit', { door: doorNames[kind], needs: doorNames[needs] });
}
