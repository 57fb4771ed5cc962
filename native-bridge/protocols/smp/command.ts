/**
 * A command is data: its place (group, id, operation), how its request's body is written and how
 * its reply's body is read. Everything else (sequence numbers, pending requests, retries) belongs
 * to the session. Follows Zephyr's "SMP Protocol Specification".
 */
import { cborBytes, writeCborMap, type CborFields } from '../cbor-write.ts';
import { CborError, type CborMap, decodeCborMap } from '../cbor.ts';
import { refusalIn, SmpFormatError } from './errors.ts';
import {
  readHeader,
  SMP_HEADER_BYTES,
  type SmpHeader,
  type SmpVersion,
  writeHeader,
} from './header.ts';

export interface SmpCommand<Params, Result> {
  /** `group/command`, such as `os/echo`. */
  readonly name: string;
  readonly group: number;
  readonly id: number;
  readonly operation: 'read' | 'write';
  /** Sending it twice does what sending it once does: only then may it be repeated blindly. */
  readonly idempotent: boolean;
  encode(params: Params): CborFields;
  /** @throws SmpFormatError where a field is missing, of another type or out of bounds */
  decode(body: CborMap): Result;
  /** True where `rc` in this reply is part of the result and no refusal. */
  ownsReturnCode?(body: CborMap): boolean;
}

export interface SmpMessage {
  readonly header: SmpHeader;
  readonly body: CborMap;
}

/** The packet (header and body) that asks for `command`. `sequence` is 0..255. */
export function encodeRequest<Params>(
  command: SmpCommand<Params, unknown>,
  params: Params,
  { sequence, version }: { readonly sequence: number; readonly version: SmpVersion },
): Uint8Array {
  const fields = command.encode(params);
  const bodyBytes = cborBytes(fields);
  const packet = new Uint8Array(SMP_HEADER_BYTES + bodyBytes);
  const { operation, group, id } = command;
  writeHeader({ operation, version, flags: 0, bodyBytes, group, sequence, id }, packet);
  writeCborMap(fields, packet, SMP_HEADER_BYTES);
  return packet;
}

/** How long that packet is, without writing it. */
export function requestBytes<Params>(command: SmpCommand<Params, unknown>, params: Params): number {
  return SMP_HEADER_BYTES + cborBytes(command.encode(params));
}

/** @throws SmpFormatError `not-a-reply` for a request, as a port that echoes sends it back */
export function decodeResponse(packet: Uint8Array): SmpMessage {
  const header = readHeader(packet);
  if (!isReply(header)) throw new SmpFormatError('not-a-reply', { header });
  return { header, body: readBody(header, packet) };
}

/** The inverse of encodeRequest, for recordings and tests. @throws SmpFormatError */
export function decodeRequest(packet: Uint8Array): SmpMessage {
  const header = readHeader(packet);
  if (isReply(header)) throw new SmpFormatError('not-a-request', { header });
  return { header, body: readBody(header, packet) };
}

export function isReply(header: SmpHeader): boolean {
  return header.operation === 'read-reply' || header.operation === 'write-reply';
}

/** True where `reply` answers `request`: same group, command, operation and sequence. */
export function answers(request: SmpHeader, reply: SmpHeader): boolean {
  return (
    reply.operation === `${request.operation}-reply` &&
    reply.group === request.group &&
    reply.id === request.id &&
    reply.sequence === request.sequence
  );
}

/**
 * What the device answered to `command`.
 * @throws SmpError where it refused, SmpFormatError where its answer is not one
 */
export function readResult<Result>(command: SmpCommand<never, Result>, body: CborMap): Result {
  if (command.ownsReturnCode?.(body) !== true) {
    const refusal = refusalIn(body, command.group);
    if (refusal !== null) throw refusal;
  }
  return command.decode(body);
}

function readBody(header: SmpHeader, packet: Uint8Array): CborMap {
  const bytes = packet.length - SMP_HEADER_BYTES;
  if (bytes < header.bodyBytes) throw new SmpFormatError('body-truncated', { header });
  if (bytes > header.bodyBytes) throw new SmpFormatError('packet-long', { header });
  try {
    return decodeCborMap(packet.subarray(SMP_HEADER_BYTES));
  } catch (cause) {
    const truncated = cause instanceof CborError && cause.code === 'cbor-truncated';
    throw new SmpFormatError(truncated ? 'body-truncated' : 'body-malformed', { header, cause });
  }
}
