/** The simulated acquirer put together: three services, their faults, what they counted. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { KNOWN_PATH, replacements, wellAnswer, type Answer } from './answers.ts';
import { around, TrainingCa, type ServerIdentity, type Validity } from './certificates.ts';
import { FaultSet, parseFault, services, type Service } from './faults.ts';
import { Listener, type Greeting } from './listener.ts';
import { merchantNumbers } from './merchant.ts';
import type { Options } from './options.ts';
import { mishaps, whole } from './transmit.ts';

const DAY_MS = 86_400_000;
const LARGE_REQUEST_BYTES = 1_000;
const OWN_NAMES = ['127.0.0.1', 'localhost', 'pay.posbench.test'];
const OTHER_NAMES = ['pay.other-acquirer.test'];

export interface Ready {
  readonly statusUrl: string;
  readonly hostUrl: string;
  readonly knownUrl: string;
  /** The training CA's certificate: whoever asks these services has to be given it. */
  readonly caPem: string;
  readonly caFile: string | null;
  readonly merchantNumbers: readonly string[];
}

export interface ServiceStats {
  readonly connections: number;
  readonly requests: number;
  /** Of bodies, taken by the system. */
  readonly sentBytes: number;
}

export class Acquirer {
  readonly #options: Options;
  readonly #faults = new FaultSet();
  readonly #ending = new AbortController();
  readonly #listeners = new Map<Service, Listener>();
  readonly #counts = new Map(services.map((name) => [name, { requests: 0, sentBytes: 0 }]));
  readonly #orders: object[] = [];
  #authorities: { own: TrainingCa; unknown: TrainingCa } | null = null;

  constructor(options: Options) {
    this.#options = options;
  }

  async start(): Promise<Ready> {
    const own = await TrainingCa.make('POS Bench training CA');
    this.#authorities = { own, unknown: await TrainingCa.make('Nobody’s CA') };
    for (const service of services) await this.#listen(service);
    for (const name of this.#options.faults) await this.setFault(name, true);
    const { caFile } = this.#options;
    if (caFile !== null) await writeFile(caFile, own.pem);
    const at = (service: Service) => `127.0.0.1:${this.#listeners.get(service)?.port ?? 0}`;
    return {
      statusUrl: `https://${at('status')}`,
      hostUrl: `https://${at('host')}`,
      knownUrl: `http://${at('known')}${KNOWN_PATH}`,
      caPem: own.pem,
      caFile,
      merchantNumbers,
    };
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    for (const listener of this.#listeners.values()) await listener.close();
  }

  /** `name`: as on the command line. False where there is no such fault. */
  async setFault(name: string, on: boolean): Promise<boolean> {
    const parsed = parseFault(name);
    if (parsed === null) return false;
    for (const service of parsed.services) {
      this.#faults.set(service, parsed.fault.name, on);
      const listener = this.#listeners.get(service);
      if (parsed.fault.name.startsWith('certificate-')) {
        listener?.identify(await this.#identity(service));
      }
      if (this.#faults.has(service, 'down')) await listener?.close();
      else await listener?.open();
    }
    return true;
  }

  /** The newest order of every merchant from now on. */
  addOrder(order: object): void {
    this.#orders.unshift(order);
  }

  stats(): Readonly<Record<string, ServiceStats>> {
    return Object.fromEntries(
      services.map((service) => {
        const connections = this.#listeners.get(service)?.connections ?? 0;
        const { requests, sentBytes } = this.#count(service);
        return [service, { connections, requests, sentBytes }];
      }),
    );
  }

  faultNames(): string[] {
    return this.#faults.names();
  }

  async #listen(service: Service): Promise<void> {
    const identity = service === 'known' ? null : await this.#identity(service);
    const greeting = (): Greeting => {
      if (this.#faults.has(service, 'hangs-in-tls')) return 'silent';
      return this.#faults.has(service, 'not-tls') ? 'not-tls' : 'well';
    };
    const listener = new Listener(
      identity,
      (...pair) => void this.#serve(service, ...pair),
      greeting,
    );
    this.#listeners.set(service, listener);
    await listener.open();
  }

  async #identity(service: Service): Promise<ServerIdentity> {
    const has = (name: string) => this.#faults.has(service, `certificate-${name}`);
    const authorities = this.#authorities;
    if (authorities === null) throw new Error('not started');
    const authority = has('unknown-issuer') ? authorities.unknown : authorities.own;
    return await authority.issue(has('wrong-name') ? OTHER_NAMES : OWN_NAMES, validity(has));
  }

  async #serve(service: Service, request: IncomingMessage, response: ServerResponse) {
    this.#count(service).requests += 1;
    // A body is read and forgotten: the next request waits behind it.
    request.resume();
    const has = (name: string) => this.#faults.has(service, name);
    if (has('hangs') || (has('large-lost') && requestBytes(request) >= LARGE_REQUEST_BYTES)) return;
    try {
      if (has('slow') || (has('uneven') && this.#count(service).requests % 2 === 0)) {
        await delay(this.#options.slowMs, undefined, { signal: this.#ending.signal });
      }
      await this.#transmit(service, request, response);
    } catch {
      // It ends, or the client went: there is nobody to tell.
      response.destroy();
    }
  }

  async #transmit(service: Service, request: IncomingMessage, response: ServerResponse) {
    const has = (name: string) => this.#faults.has(service, name);
    const nowMs = Date.now() + (has('wrong-clock') ? this.#options.clockOffMs : 0);
    response.sendDate = false;
    response.setHeader('date', new Date(nowMs).toUTCString());
    const mishap = Object.keys(mishaps).find(has);
    const transmit = mishap === undefined ? whole : (mishaps[mishap] ?? whole);
    const answer = this.#answer(service, request.url ?? '/', nowMs);
    await transmit(response, answer, (bytes) => (this.#count(service).sentBytes += bytes));
  }

  #answer(service: Service, path: string, nowMs: number): Answer {
    const accountFaults = this.#faults.accounts();
    const well = wellAnswer(service, path, { nowMs, accountFaults, extraOrders: this.#orders });
    const instead = Object.keys(replacements).find((name) => this.#faults.has(service, name));
    return instead === undefined ? well : (replacements[instead]?.(path, well) ?? well);
  }

  #count(service: Service): { requests: number; sentBytes: number } {
    const count = this.#counts.get(service);
    if (count === undefined) throw new Error(`no such service: ${service}`);
    return count;
  }
}

function validity(has: (name: string) => boolean): Validity {
  const nowMs = Date.now();
  if (has('expired')) return { fromMs: nowMs - 30 * DAY_MS, toMs: nowMs - 3 * DAY_MS };
  if (has('not-yet-valid')) return { fromMs: nowMs + 3 * DAY_MS, toMs: nowMs + 30 * DAY_MS };
  return around(nowMs, 14 * DAY_MS);
}

/** What the request line and the headers took. */
function requestBytes({ url = '', rawHeaders }: IncomingMessage): number {
  const SEPARATORS = 2;
  return rawHeaders.reduce((sum, text) => sum + text.length + SEPARATORS, url.length);
}
