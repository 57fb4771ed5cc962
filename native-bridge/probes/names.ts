/**
 * Names to addresses: as every program here gets them (the system's resolver, with its hosts file
 * and its VPN's rules), and from a name server asked directly.
 */
import { promises as dns } from 'node:dns';
import { isIP } from 'node:net';
import type { Deadline } from './deadline.ts';
import { codeOf, ProbeError, rawOf } from './probe-error.ts';

/** More than any host has; a hostile server's answer is cut. */
const maxAddresses = 16;
const noName = new Set(['ENOTFOUND', 'ENODATA', 'EAI_NONAME', 'EAI_NODATA']);
const noServer = new Set(['EAI_AGAIN', 'ETIMEOUT', 'ECONNREFUSED', 'ETIMEDOUT', 'ECANCELLED']);

/** Throws ProbeError `name-unknown`, `name-server-silent`, `name-server-failed`. */
export async function usualAddresses(host: string, deadline: Deadline): Promise<string[]> {
  if (isIP(host) !== 0) return [host];
  const looking = dns.lookup(host, { all: true });
  const found = await deadline
    .over(looking, () => new ProbeError('name-server-silent', silentFacts(host, deadline)))
    .catch((error: unknown) => {
      throw nameError(error, { host });
    });
  return found.map(({ address }) => address).slice(0, maxAddresses);
}

/** `server`: an address, with a port where it is not 53. Throws as `usualAddresses`. */
export async function addressesFrom(
  server: string,
  host: string,
  deadline: Deadline,
): Promise<string[]> {
  const resolver = new dns.Resolver({ timeout: deadline.limitMs, tries: 1 });
  resolver.setServers([server]);
  const facts = { ...silentFacts(host, deadline), server };
  const answers = Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  try {
    const [four, six] = await deadline.over(
      answers,
      () => new ProbeError('name-server-silent', facts),
    );
    const found = [four, six].flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
    // A host without IPv6 is the usual case: what IPv4 says counts.
    if (found.length === 0 && four.status === 'rejected') {
      throw nameError(four.reason, facts);
    }
    return found.slice(0, maxAddresses);
  } finally {
    resolver.cancel();
  }
}

const silentFacts = (host: string, { limitMs }: Deadline) => ({ host, timeoutMs: limitMs });

function nameError(error: unknown, facts: ProbeError['facts']): unknown {
  const code = codeOf(error);
  if (error instanceof ProbeError || code === '') return error;
  if (noName.has(code)) return new ProbeError('name-unknown', facts, rawOf(error));
  const problem = noServer.has(code) ? 'name-server-silent' : 'name-server-failed';
  return new ProbeError(problem, facts, rawOf(error));
}

const privateRanges =
  /^(?:10\.|127\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|0\.|198\.1[89]\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|::1?$|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/i;

/** Of a private or shared network (RFC 1918, 3927, 4193, 6598, 2544): never a payment host's. */
export const isPrivate = (address: string): boolean => privateRanges.test(address);

export const isThisComputer = (host: string): boolean =>
  host.toLowerCase() === 'localhost' || host === '::1' || /^127\./.test(host);
