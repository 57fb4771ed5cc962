/** What a host's certificate says, and everything that is wrong with it. */
import { checkServerIdentity, type PeerCertificate, type TLSSocket } from 'node:tls';
import type { ProbeProblem } from '../contract/probe-step.ts';
import type { HostCertificate } from '../contract/probe.ts';

const maxNames = 20;
const maxCharacters = 120;

/** Codes of the chain's verification that mean: nobody here knows who issued it. */
const unknownIssuer =
  /SELF_SIGNED|UNABLE_TO_(?:GET_ISSUER_CERT|VERIFY_LEAF_SIGNATURE)|CERT_UNTRUSTED|INVALID_CA|NO_ISSUER/;

/** `nowMs`: by which dates are judged. */
export function certificateOf(socket: TLSSocket, host: string, nowMs: number): HostCertificate {
  const peer = socket.getPeerCertificate();
  const from = Date.parse(peer.valid_from);
  const to = Date.parse(peer.valid_to);
  return {
    subject: nameOf(peer.subject),
    issuer: nameOf(peer.issuer),
    names: namesOf(peer),
    validFromUtc: utcOf(from),
    validToUtc: utcOf(to),
    sha256: peer.fingerprint256,
    protocol: socket.getProtocol() ?? '',
    problems: problemsOf(socket, host, peer, { from, to, nowMs }),
  };
}

function problemsOf(
  { authorizationError }: TLSSocket,
  host: string,
  peer: PeerCertificate,
  { from, to, nowMs }: { from: number; to: number; nowMs: number },
): ProbeProblem[] {
  // The type says Error; it is a code or a message.
  const chain = authorizationError as unknown as string | Error | null | undefined;
  const code = chain === null || chain === undefined ? '' : String(chain);
  // The library tells the last of the chain's problems: a date hides an unknown issuer.
  const problems: ProbeProblem[] = [];
  if (unknownIssuer.test(code)) problems.push('certificate-unknown-issuer');
  if (checkServerIdentity(host, peer) !== undefined) problems.push('certificate-wrong-name');
  if (nowMs > to || code.includes('CERT_HAS_EXPIRED')) problems.push('certificate-expired');
  if (nowMs < from || code.includes('CERT_NOT_YET_VALID')) {
    problems.push('certificate-not-yet-valid');
  }
  if (code !== '' && problems.length === 0) problems.push('certificate-refused');
  return problems;
}

/** As evidence. */
export function certificateText(certificate: HostCertificate): string {
  const { subject, issuer, names, validFromUtc, validToUtc, sha256, protocol } = certificate;
  return [
    protocol,
    `subject ${subject}`,
    `issuer ${issuer}`,
    `names ${names.join(', ')}`,
    `valid ${validFromUtc ?? '?'} to ${validToUtc ?? '?'}`,
    `sha256 ${sha256}`,
  ]
    .join('\n')
    .slice(0, 2_048);
}

/** The host's own words: any member may be missing, or be there several times. */
function nameOf(name: Partial<Readonly<Record<string, string | string[]>>> | undefined): string {
  const said = name?.['CN'] ?? name?.['O'] ?? '';
  return (Array.isArray(said) ? said.join(', ') : said).slice(0, maxCharacters);
}

function namesOf({ subjectaltname = '' }: PeerCertificate): string[] {
  const names = subjectaltname.split(', ', maxNames);
  return names.map((name) => name.replace(/^(?:DNS|IP Address):/, '').slice(0, maxCharacters));
}

const utcOf = (ms: number): string | null => (Number.isNaN(ms) ? null : new Date(ms).toISOString());
