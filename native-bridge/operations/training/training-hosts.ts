/**
 * Where the hosts of training profiles are. Their names end in `.test`, which is kept for this and
 * is nobody's (RFC 6761, 6.2): they are asked on this computer where somebody says where, and
 * nowhere else. Every other name is itself.
 */
import type { KnownAnswer } from '../../contract/probe.ts';
import type { Result } from '../../contract/requests.ts';

export interface TrainingHost {
  /** A loopback address. */
  readonly address: string;
  readonly port: number;
  /** The training CA, PEM. */
  readonly ca: string;
  /** Stands in for the hosts that tell of a sign-in page; null: none does. */
  readonly known: readonly KnownAnswer[] | null;
}

/** By the name that the profile has. */
export type TrainingHosts = ReadonlyMap<string, TrainingHost>;

/** Whom to ask in a host's place. */
export interface Whereabouts {
  readonly host: string;
  readonly port: number;
  readonly ca: string | null;
  readonly known: readonly KnownAnswer[] | null;
}

/** null: it is a training host that nobody plays, so there is nobody to ask. */
export function whereabouts(
  host: string,
  port: number,
  trainingHosts: TrainingHosts,
): Whereabouts | null {
  if (!/\.test\.?$/i.test(host)) return { host, port, ca: null, known: null };
  const played = trainingHosts.get(host.toLowerCase());
  if (!played) return null;
  return { host: played.address, port: played.port, ca: played.ca, known: played.known };
}

/** The names that training profiles have for an acquirer's services, and where this one plays them. */
export function playedBy({
  hostUrl,
  statusUrl,
  knownUrl,
  caPem,
}: Result<'startAcquirer'>): [string, TrainingHost][] {
  const known = [{ url: knownUrl, status: 200, contains: null }];
  const at = (url: string): TrainingHost => {
    const { hostname, port } = new URL(url);
    return { address: hostname, port: Number(port), ca: caPem, known };
  };
  return [
    ['pay.posbench.test', at(hostUrl)],
    ['status.posbench.test', at(statusUrl)],
  ];
}
