/** The terminals this process has connected, and who is told when one of them changes. */
import { BridgeFault } from '../contract/bridge-fault.ts';
import type { Terminal } from '../contract/terminal.ts';
import { Connection } from './connection.ts';
import type { ConnectionFacts } from './connection-facts.ts';
import type { TerminalSession } from './terminal-session.ts';

interface Entry {
  readonly connection: Connection;
  /** Releases the operating system's lock on the terminal. */
  readonly disown: () => Promise<void>;
  /** Releases the lock of the port it is on now. */
  leavePort: () => Promise<void>;
}

export class Connections {
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Set<() => void>();
  readonly #report: (error: unknown) => void;

  /** `report`: told of what a listener threw. */
  constructor(report: (error: unknown) => void) {
    this.#report = report;
  }

  /** Keeps a recognised terminal; one that was here before on this id was let go before. */
  adopt(
    facts: ConnectionFacts,
    session: TerminalSession,
    locks: Pick<Entry, 'disown' | 'leavePort'>,
  ): Connection {
    const connection = new Connection(facts, session, () => this.#notify());
    this.#entries.set(facts.terminalId, { connection, ...locks });
    this.#notify();
    return connection;
  }

  /** Throws `terminal-not-connected`. */
  get(terminalId: string): Connection {
    const entry = this.#entries.get(terminalId);
    if (!entry) throw new BridgeFault('terminal-not-connected', { terminal: terminalId });
    return entry.connection;
  }

  /** As `get`, null where there is none. */
  find(terminalId: string): Connection | null {
    return this.#entries.get(terminalId)?.connection ?? null;
  }

  onPort(portUrl: string): Connection | null {
    for (const { connection } of this.#entries.values()) {
      if (connection.portUrl === portUrl) return connection;
    }
    return null;
  }

  list(): Terminal[] {
    return [...this.#entries.values()].map(({ connection }) => connection.view());
  }

  /** Whether a terminal is being changed: a line is held to flash or to apply. */
  get changing(): boolean {
    return [...this.#entries.values()].some(({ connection }) => {
      const { holder } = connection.line;
      return holder === 'flash' || holder === 'apply';
    });
  }

  /** Calls back after every change, once for a burst; returns how to stop. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** It moved to another port, whose lock it has now: the one it left is free for others. */
  async movedPort(terminalId: string, leavePort: () => Promise<void>): Promise<void> {
    const entry = this.#entries.get(terminalId);
    if (!entry) {
      await leavePort();
      return;
    }
    const left = entry.leavePort;
    entry.leavePort = leavePort;
    await left();
  }

  /** Gives a terminal up: its session ends, then its locks, these in any case. */
  async remove(terminalId: string): Promise<void> {
    const entry = this.#entries.get(terminalId);
    if (!entry) return;
    this.#entries.delete(terminalId);
    try {
      await entry.connection.end();
    } finally {
      await Promise.all([entry.disown(), entry.leavePort()]);
      this.#notify();
    }
  }

  /** As `remove`, where nobody writes to it. Throws `terminal-busy {doing}` otherwise. */
  async letGo(terminalId: string): Promise<void> {
    const holder = this.#entries.get(terminalId)?.connection.line.holder;
    if (holder === 'flash' || holder === 'apply') {
      throw new BridgeFault('terminal-busy', { doing: holder });
    }
    await this.remove(terminalId);
  }

  /** Every one of them, whatever becomes of the others. */
  async closeAll(): Promise<void> {
    const ends = [...this.#entries.keys()].map((terminalId) => this.remove(terminalId));
    await Promise.allSettled(ends);
  }

  #notify(): void {
    for (const listener of this.#listeners) {
      try {
        listener();
      } catch (error) {
        // Who only watches must not end a flash.
        this.#report(error);
      }
    }
  }
}
