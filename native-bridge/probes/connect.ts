/** A connection to one of a host's addresses: TCP, then TLS, each under the deadline. */
import { once } from 'node:events';
import { connect, isIP, type Socket } from 'node:net';
import {
  connect as connectTls,
  createSecureContext,
  rootCertificates,
  type TLSSocket,
} from 'node:tls';
import type { Deadline } from './deadline.ts';
import { codeOf, ProbeError, rawOf } from './probe-error.ts';

/** The next address is tried as well when one is this slow. */
const otherAddressAfterMs = 500;
const noRoute = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL', 'ENETDOWN', 'EINVAL']);

export interface Place {
  readonly host: string;
  readonly port: number;
  readonly addresses: readonly string[];
}

/** Throws ProbeError `refused`, `no-route`, `cut-off`, `no-answer`. The caller destroys the socket. */
export async function connectTcp(place: Place, deadline: Deadline): Promise<Socket> {
  const { port } = place;
  const facts = { port, addresses: [...place.addresses], timeoutMs: deadline.limitMs };
  const socket = connect({
    host: place.host,
    port,
    autoSelectFamilyAttemptTimeout: otherAddressAfterMs,
    lookup: (_host, { all = false }, done) => {
      const found = place.addresses.map((address) => ({ address, family: isIP(address) }));
      const [first] = found;
      if (all) done(null, found);
      else done(null, first?.address ?? '', first?.family);
    },
  });
  // Between the steps nobody listens, and a reset must not end the program.
  socket.on('error', () => undefined);
  try {
    await deadline.over(once(socket, 'connect'), () => new ProbeError('no-answer', facts));
    return socket;
  } catch (error) {
    socket.destroy();
    throw tcpError(error, facts);
  }
}

function tcpError(error: unknown, facts: ProbeError['facts']): unknown {
  const code = codeOf(error);
  if (error instanceof ProbeError || code === '') return error;
  if (code === 'ECONNREFUSED') return new ProbeError('refused', facts, rawOf(error));
  if (noRoute.has(code)) return new ProbeError('no-route', facts, rawOf(error));
  const problem = code === 'ETIMEDOUT' ? 'no-answer' : 'cut-off';
  return new ProbeError(problem, facts, rawOf(error));
}

/**
 * The handshake alone: a certificate that is not in order does not end it, so that all that is
 * wrong with it can be said; nothing may be sent over such a connection. `ca`: PEM, trusted beside
 * the usual ones on this connection only. Throws ProbeError `not-tls`, `tls-refused`, `cut-off`,
 * `no-answer`.
 */
export async function startTls(
  socket: Socket,
  host: string,
  ca: string | null,
  deadline: Deadline,
): Promise<TLSSocket> {
  const trusted = ca === null ? {} : { ca: [...rootCertificates, ca] };
  const secure = connectTls({
    socket,
    // Not for connecting: an address has no server name, and the certificate is compared with this.
    host,
    secureContext: createSecureContext(trusted),
    ...(isIP(host) === 0 ? { servername: host } : {}),
    rejectUnauthorized: false,
  });
  secure.on('error', () => undefined);
  try {
    const silence = () => new ProbeError('no-answer', { timeoutMs: deadline.limitMs });
    await deadline.over(once(secure, 'secureConnect'), silence);
    return secure;
  } catch (error) {
    secure.destroy();
    throw tlsError(error);
  }
}

/** OpenSSL's and BoringSSL's names for bytes that are no TLS record. */
const noTls = /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|UNKNOWN_PROTOCOL|HTTP_REQUEST/;

function tlsError(error: unknown): unknown {
  const code = codeOf(error);
  if (error instanceof ProbeError || code === '') return error;
  const raw = `${code} ${rawOf(error)}`;
  if (noTls.test(raw)) return new ProbeError('not-tls', {}, raw);
  if (code === 'ECONNRESET' || code === 'EPIPE') return new ProbeError('cut-off', {}, raw);
  return new ProbeError('tls-refused', { reason: code }, raw);
}
