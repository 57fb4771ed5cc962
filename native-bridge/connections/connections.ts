/** The terminals this process has connected, and who is told when one of them changes. */
import { BridgeFault } from '../contract/bridge-fault.ts';
import type { Terminal } from '../contract/terminal.ts';
import { Connection, type ConnectionFacts } from './connection.ts';
import type { SmpSession } from '../sessions/smp/smp-session.ts';

interface Entry {
  readonly connection: Connection;
  /** Releases the operating system's locks on port and terminal. */
  readonly disown: () => Promise<void>;
}

export class Connections {
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Set<() => void>();

  /** Keeps a recognised terminal. One that was here before on this id is closed first. */
  async adopt(
    facts: ConnectionFacts,
    session: SmpSession,
    disown: () => Promise<void>,
  ): Promise<Connection> {
    await this.remove(facts.terminalId);
    const connection = new Connection(facts, session, () => this.#notify());
    this.#entries.set(facts.terminalId, { connection, disown });
    this.#notify();
    return connection;
  }

  /** Throws `terminal-not-connected`. */
  get(terminalId: string): Connection {
    const entry = this.#entries.get(terminalId);
    if (!entry) throw new BridgeFault('terminal-not-connected', { terminal: terminalId });
    return entry.connection;
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

  /** Calls back after every change, once for a burst; returns how to stop. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async remove(terminalId: string): Promise<void> {
    const entry = this.#entries.get(terminalId);
    if (!entry) return;
    this.#entries.delete(terminalId);
    await entry.connection.closeSession();
    await entry.disown();
    this.#notify();
  }

  async closeAll(): Promise<void> {
    for (const terminalId of [...this.#entries.keys()]) await this.remove(terminalId);
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }
}
