/**
 * What is set: Android's tables, and the merchant's parameters, which are rows of a table or what a
 * vendor's content provider holds.
 */
import type { FaultSet } from '../faults.ts';
import type { MerchantKey, Model } from '../models/model.ts';
import { defaultTables, type TableName, type Tables } from './tables.ts';

const PUSHBACK_MS = 3_000;

export class Settings {
  readonly #model: Model;
  readonly #faults: FaultSet;
  readonly #timers = new Set<NodeJS.Timeout>();
  tables: Tables;
  /** What the content provider holds, where the vendor has one. */
  #provider: Map<string, string>;

  constructor(model: Model, faults: FaultSet) {
    this.#model = model;
    this.#faults = faults;
    this.tables = defaultTables(model);
    this.#provider = new Map(Object.entries(model.defaults));
  }

  flag(key: string): boolean {
    return this.tables.global.get(key) === '1';
  }

  /** Of every network, `host:port`: what a shell asks for stands before what an app has set; '': none. */
  get proxy(): string {
    const { global } = this.tables;
    const host = global.get('global_http_proxy_host');
    const direct =
      host === undefined ? '' : `${host}:${global.get('global_http_proxy_port') ?? ''}`;
    return global.get('http_proxy') ?? direct;
  }

  merchant(key: MerchantKey): string {
    const { merchantStore } = this.#model;
    if (merchantStore.kind === 'provider') return this.#provider.get(key) ?? '';
    return this.tables.secure.get(merchantStore.prefix + key) ?? '';
  }

  merchantKeys(): string[] {
    return [...this.#provider.keys()];
  }

  setMerchant(key: string, value: string): void {
    const { merchantStore } = this.#model;
    if (merchantStore.kind === 'settings') {
      this.write('secure', merchantStore.prefix + key, value);
      return;
    }
    const before = this.#provider.get(key);
    this.#provider.set(key, value);
    this.#pushBack(() => restore(this.#provider, key, before));
  }

  /** Null: deleted. */
  write(table: TableName, key: string, value: string | null): void {
    const rows = this.tables[table];
    const before = rows.get(key);
    restore(rows, key, value ?? undefined);
    this.#pushBack(() => restore(rows, key, before));
  }

  /** As somebody left it, or as it should be: nobody sees it written, and nothing brings it back. */
  leave(where: TableName | 'merchant', key: string, wrong: string | null): void {
    if (where === 'merchant') {
      this.#leaveMerchant(key, wrong ?? this.#model.defaults[key as MerchantKey]);
      return;
    }
    const value = wrong ?? defaultTables(this.#model)[where].get(key) ?? '';
    restore(this.tables[where], key, value === '' ? undefined : value);
  }

  #leaveMerchant(key: string, value: string): void {
    const { merchantStore } = this.#model;
    if (merchantStore.kind === 'provider') this.#provider.set(key, value);
    else this.tables.secure.set(merchantStore.prefix + key, value);
  }

  /** An installation that kept nothing. */
  lose(): void {
    this.tables = defaultTables(this.#model);
    this.#provider = new Map(this.merchantKeys().map((key) => [key, '']));
    const { merchantStore } = this.#model;
    if (merchantStore.kind !== 'settings') return;
    for (const key of this.#provider.keys()) {
      this.tables.secure.delete(merchantStore.prefix + key);
    }
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  /** A management system brings back what was there, a few seconds later. */
  #pushBack(bringBack: () => void): void {
    if (!this.#faults.has('managed-pushback')) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (this.#faults.has('managed-pushback')) bringBack();
    }, PUSHBACK_MS);
    this.#timers.add(timer);
  }
}

function restore(rows: Map<string, string>, key: string, value: string | undefined): void {
  if (value === undefined) rows.delete(key);
  else rows.set(key, value);
}
