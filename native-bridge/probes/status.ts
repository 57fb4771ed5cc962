/**
 * The acquirer's status service, asked about one merchant. Its address comes from a profile, which
 * is untrusted data: HTTPS only, one request, no redirects, at most 64 KiB unpacked, and one
 * deadline over name, connection, handshake, headers and every byte of the body. What it says is
 * hostile until it fits the schema. Format: native-bridge/simulators/acquirer/README.md.
 */
import type { Facts } from '../contract/common.ts';
import {
  merchantStatusSchema,
  type MerchantStatus,
  type StatusAnswer,
} from '../contract/merchant-status.ts';
import type { ProbeStep, ProbeStepName } from '../contract/probe-step.ts';
import { maskSecrets } from '../protocols/masking.ts';
import { isRedirect, refuseTrouble } from './answers.ts';
import { dateOf } from './clock.ts';
import { within, type Deadline } from './deadline.ts';
import { exchange, headText, locationOf, type Answered } from './exchange.ts';
import { authorityOf, openedTcp, openedTls, usualNames } from './host-steps.ts';
import { ProbeError } from './probe-error.ts';
import { failedStep, runStep, type Done } from './steps.ts';
import { problemSentence } from './words.ts';
import { sentence } from '../wording/index.ts';

export interface StatusOptions {
  /** Over everything. */
  readonly timeoutMs?: number;
  readonly maxBodyBytes?: number;
  /** PEM; trusted beside the usual ones, for this question only. */
  readonly ca?: string | null;
}

const usual = { timeoutMs: 5_000, maxBodyBytes: 65_536 };
const shownBodyCharacters = 1_200;

/** `service`: its address, `https://status.acquirer.example/base`. Throws only the signal's reason. */
export async function askStatus(
  service: string,
  merchantNumber: string,
  options: StatusOptions,
  signal: AbortSignal,
): Promise<StatusAnswer> {
  const asking = new Asking(service, merchantNumber, options);
  const { timeoutMs = usual.timeoutMs } = options;
  return await within(timeoutMs, signal, (deadline) => asking.run(deadline));
}

class Asking {
  readonly #service: string;
  readonly #merchantNumber: string;
  readonly #options: StatusOptions;
  readonly #startedMs = performance.now();
  readonly #atUtc = new Date().toISOString();
  readonly #steps: ProbeStep[] = [];
  #answered: Answered | null = null;
  #facts: Facts = {};

  constructor(service: string, merchantNumber: string, options: StatusOptions) {
    this.#service = service;
    this.#merchantNumber = merchantNumber;
    this.#options = options;
  }

  async run(deadline: Deadline): Promise<StatusAnswer> {
    const address = secureAddress(this.#service);
    if (address === null) {
      const facts = { service: this.#service.slice(0, 200) };
      const refused = new ProbeError('not-https', facts, facts.service);
      this.#steps.push(failedStep('http', refused, facts, 0));
      return this.#result(null);
    }
    const { host, port, path } = address;
    this.#facts = { host, port, merchantNumber: this.#merchantNumber };
    const addresses = await this.#step('dns', () => usualNames(host, deadline));
    if (addresses === null) return this.#result(null);
    const socket = await this.#step('tcp', () => openedTcp({ host, port, addresses }, deadline));
    if (socket === null) return this.#result(null);
    try {
      const who = { host, ca: this.#options.ca ?? null };
      const secure = await this.#step('tls', () => openedTls(socket, who, deadline));
      if (secure === null) return this.#result(null);
      const asked = {
        authority: authorityOf({ host, port, secure: true }),
        path: `${path}/v1/merchants/${encodeURIComponent(this.#merchantNumber)}`,
        accept: 'application/json',
        sizeBytes: 0,
        maxBodyBytes: this.#options.maxBodyBytes ?? usual.maxBodyBytes,
        beyond: 'error',
      } as const;
      return this.#result(
        await this.#step('http', async () => {
          this.#answered = await exchange(secure, asked, deadline);
          return statusOf(this.#answered, host, this.#merchantNumber);
        }),
      );
    } finally {
      socket.destroy();
    }
  }

  async #step<T>(name: ProbeStepName, work: () => Promise<Done<T>>): Promise<T | null> {
    const { step, value } = await runStep(name, this.#facts, work);
    this.#steps.push(step);
    return value;
  }

  #result(status: MerchantStatus | null): StatusAnswer {
    const last = this.#steps.at(-1);
    const facts = last?.facts ?? {};
    const problem = last?.problem ?? null;
    const answered = this.#answered;
    const service = originOf(this.#service);
    return {
      service,
      merchantNumber: this.#merchantNumber,
      atUtc: this.#atUtc,
      timeMs: Math.round(performance.now() - this.#startedMs),
      problem,
      steps: this.#steps,
      what:
        problem === null
          ? sentence('probe_status_answered', { merchantNumber: this.#merchantNumber })
          : problemSentence(problem, facts),
      facts,
      httpStatus: answered?.status ?? null,
      bodyBytes: answered?.bodyBytes ?? 0,
      raw: last?.raw ?? '',
      status,
      date: answered === null ? null : dateOf(answered, service, true),
    };
  }
}

/** Null: not HTTPS, or with a name and password, which have no place in a profile. */
function secureAddress(service: string): { host: string; port: number; path: string } | null {
  if (service.length > 512 || !URL.canParse(service)) return null;
  const { protocol, hostname, port, pathname, username, password } = new URL(service);
  if (protocol !== 'https:' || hostname === '' || username !== '' || password !== '') return null;
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? 443 : Number(port),
    path: pathname.replace(/\/+$/, ''),
  };
}

const originOf = (service: string): string =>
  URL.canParse(service) ? new URL(service).origin : service.slice(0, 200);

/** Throws ProbeError. */
function statusOf(answered: Answered, host: string, merchantNumber: string): Done<MerchantStatus> {
  const { status, headers, body } = answered;
  const raw = `${headText(status, headers)}\n\n${maskSecrets(body).slice(0, shownBodyCharacters)}`;
  const refuse = (problem: ProbeError['problem'], facts: Facts = {}) =>
    new ProbeError(problem, { host, status, merchantNumber, ...facts }, raw);
  const location = locationOf(headers);
  if (isRedirect(status)) throw refuse('redirected', location === null ? {} : { location });
  refuseTrouble(answered, host);
  if (status === 404) throw refuse('merchant-unknown');
  if (status >= 400) throw refuse('request-refused');
  const parsed = merchantStatusSchema.safeParse(jsonOf(body));
  if (!parsed.success) {
    const isPage = /\bhtml\b/i.test(headers['content-type'] ?? '');
    if (isPage) throw refuse('login-page');
    const [issue] = parsed.error.issues;
    throw refuse('wrong-shape', { path: issue?.path.join('.') ?? '' });
  }
  const found = parsed.data.merchantNumber;
  if (found !== merchantNumber) throw refuse('other-merchant', { found });
  return { value: masked(parsed.data), facts: { status }, raw };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** What is free text there may hold anything. */
function masked(status: MerchantStatus): MerchantStatus {
  const { lastPayout } = status.settlement;
  const reason = lastPayout?.failureReason ?? null;
  return {
    ...status,
    merchantName: maskSecrets(status.merchantName),
    card: { ...status.card, bank: maskSecrets(status.card.bank) },
    settlement: {
      ...status.settlement,
      lastPayout: lastPayout && {
        ...lastPayout,
        failureReason: reason === null ? null : maskSecrets(reason),
      },
    },
  };
}
