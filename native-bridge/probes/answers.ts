/** What an HTTP answer means before its body is looked at: somebody in between, or trouble there. */
import { ProbeError } from './probe-error.ts';
import { headText, locationOf, type Answered } from './exchange.ts';

/** A login is demanded by the network itself (RFC 6585, 6). */
const NETWORK_LOGIN = 511;
const UNAVAILABLE = 503;

/** What is expected of an answer; null: any will do. */
export interface Expected {
  readonly status: number;
  readonly contains: string | null;
}

/** Throws ProbeError `login-page`, `redirected` (elsewhere), `maintenance`, `server-error`. */
export function refuseTrouble(answered: Answered, host: string): void {
  const { status, headers } = answered;
  const raw = headText(status, headers);
  if (status === NETWORK_LOGIN) throw new ProbeError('login-page', { host, status }, raw);
  const location = leadsElsewhere(answered, host);
  if (location !== null) throw new ProbeError('redirected', { host, location, status }, raw);
  if (status === UNAVAILABLE) {
    const after = headers['retry-after'] ?? '';
    const seconds = /^\d{1,7}$/.test(after) ? { retryAfterSeconds: Number(after) } : {};
    throw new ProbeError('maintenance', { host, status, ...seconds }, raw);
  }
  if (status >= 500) throw new ProbeError('server-error', { host, status }, raw);
}

/** Throws ProbeError `login-page` where a page came instead, else `unexpected-answer`. */
export function refuseUnexpected(answered: Answered, expected: Expected, host: string): void {
  const { status, headers, body } = answered;
  const fits = expected.contains === null || body.includes(expected.contains);
  if (status === expected.status && fits) return;
  const isPage =
    /\bhtml\b/i.test(headers['content-type'] ?? '') || /^\s*<(?:!doctype|html)/i.test(body);
  const problem = isPage ? 'login-page' : 'unexpected-answer';
  throw new ProbeError(problem, { host, status }, headText(status, headers));
}

export const isRedirect = (status: number): boolean => status >= 300 && status < 400;

/** Where a redirect to another host leads, without its query; null: it is none. */
function leadsElsewhere({ status, headers }: Answered, host: string): string | null {
  const location = locationOf(headers);
  if (!isRedirect(status) || location === null) return null;
  const base = `http://${host.includes(':') ? `[${host}]` : host}`;
  if (!URL.canParse(location, base)) return location;
  const there = new URL(location, base).hostname.replace(/^\[|\]$/g, '');
  return there === host.toLowerCase() ? null : location;
}
