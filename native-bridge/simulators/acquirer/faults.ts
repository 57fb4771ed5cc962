/**
 * What can be wrong with the simulated acquirer, as data. `service` faults are of a host and the way
 * to it; `account` faults are true of a merchant, and the status service says so.
 */
export const services = ['status', 'host', 'known'] as const;
/** The status service, the payment host, and the plain host with the known answer. */
export type Service = (typeof services)[number];

export interface FaultInfo {
  readonly name: string;
  /** What it simulates. */
  readonly simulates: string;
  readonly kind: 'service' | 'account';
  /** The services that can have it; one alone is named in front: `host:slow`. */
  readonly services: readonly Service[];
}

const secure = ['status', 'host'] as const;

const anywhere = (name: string, simulates: string): FaultInfo => ({
  name,
  simulates,
  kind: 'service',
  services,
});
const overTls = (name: string, simulates: string): FaultInfo => ({
  name,
  simulates,
  kind: 'service',
  services: secure,
});
const onStatus = (name: string, simulates: string): FaultInfo => ({
  name,
  simulates,
  kind: 'service',
  services: ['status'],
});
const onHost = (name: string, simulates: string): FaultInfo => ({
  name,
  simulates,
  kind: 'service',
  services: ['host'],
});
const account = (name: string, simulates: string): FaultInfo => ({
  name,
  simulates,
  kind: 'account',
  services: ['status'],
});

export const faults = [
  anywhere('down', 'connections are refused'),
  anywhere('slow', 'every answer takes --slow-ms'),
  anywhere('hangs', 'a request is taken and never answered'),
  overTls('hangs-in-tls', 'connections are taken, and the TLS handshake is never answered'),
  overTls('not-tls', 'something that speaks no TLS answers on the port'),
  anywhere('hangs-after-headers', 'the headers come, and the body never does'),
  anywhere('hangs-mid-body', 'half of the body comes, and then nothing'),
  anywhere('drips', 'the body comes a byte at a time and has no end'),
  anywhere('cut-off', 'the connection is reset in the middle of the body'),
  overTls('certificate-expired', 'the certificate expired three days ago'),
  overTls('certificate-not-yet-valid', 'the certificate is valid from in three days'),
  overTls('certificate-wrong-name', 'the certificate is another host’s'),
  overTls('certificate-unknown-issuer', 'the certificate’s issuer is one that nobody knows'),
  anywhere('wrong-clock', 'the Date header is --clock-off-hours off'),
  anywhere('portal-redirect', 'a portal in between redirects to its login page'),
  anywhere('portal-page', 'a portal in between answers with its login page'),
  anywhere('redirects', 'every answer redirects to the next, for ever'),
  anywhere('huge', 'the answer is 100 MB long'),
  anywhere('huge-declared', 'the answer is 100 MB long and says so in front'),
  anywhere('gzip-bomb', 'the answer is 1 MB of gzip that unpacks to 1 GB'),
  anywhere('maintenance', 'it answers 503, to come back in half an hour'),
  anywhere('server-error', 'it answers 500'),
  onHost('large-lost', 'requests of 1,000 bytes and more are never answered'),
  onHost('uneven', 'every other answer takes --slow-ms'),
  onStatus('lies-shape', 'the answer is JSON of another shape'),
  onStatus('lies-merchant', 'the answer is about another merchant'),
  onStatus('lies-text', 'the answer says JSON and is none'),
  onStatus('leaks-secrets', 'a full card number and a key stand in the answer'),
  account('card-unbound', 'no bank card is bound'),
  account('merchant-frozen', 'the merchant is frozen by risk control'),
  account('merchant-dormant', 'the merchant is dormant'),
  account('papers-expired', 'the merchant’s papers expired'),
  account('real-name-unfinished', 'the real-name registration is not finished'),
  account('receiving-closed', 'receiving is switched off'),
  account('method-closed', 'Alipay is not opened'),
  account('credit-cards-off', 'credit cards are not accepted'),
  account('limit-low', 'the limit of one payment is 1 yuan'),
  account('limit-reached', 'the limit of the day is used up'),
  account('platform-down', 'the platform says that it is down'),
  account('order-missing', 'the platform has none of today’s orders'),
  account('order-unpaid', 'the last order waits for the payer’s password'),
  account('order-reversed', 'the last order was reversed'),
  account('order-unannounced', 'the last order was paid and not announced to the terminal'),
  account('settlement-tomorrow', 'settled the next working day; nothing is due yet'),
  account('payout-failed', 'the last payout failed: the name is not the account holder’s'),
] as const satisfies readonly FaultInfo[];

/** `down`, or `host:down` for one service alone; null where there is no such fault. */
export function parseFault(
  text: string,
): { readonly fault: FaultInfo; readonly services: readonly Service[] } | null {
  const [, only = null, name = ''] = /^(?:([a-z]+):)?([a-z-]+)$/.exec(text) ?? [];
  const fault = faults.find((each) => each.name === name);
  if (fault === undefined) return null;
  if (only === null) return { fault, services: fault.services };
  const among: readonly string[] = fault.services;
  return among.includes(only) ? { fault, services: [only as Service] } : null;
}

/** Which faults are on, and where. */
export class FaultSet {
  readonly #on = new Set<string>();

  has(service: Service, name: string): boolean {
    return this.#on.has(`${service}:${name}`);
  }

  /** The account faults that are on, in the order of the list. */
  accounts(): string[] {
    return faults.map(({ name }) => name).filter((name) => this.has('status', name));
  }

  set(service: Service, name: string, on: boolean): void {
    if (on) this.#on.add(`${service}:${name}`);
    else this.#on.delete(`${service}:${name}`);
  }

  names(): string[] {
    return [...this.#on].sort();
  }
}
