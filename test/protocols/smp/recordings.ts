/** Reads a recording: the packets of both sides in their order, and the device's text. */
import { readFileSync } from 'node:fs';
import {
  decodeRequest,
  decodeResponse,
  readResult,
} from '../../../native-bridge/protocols/smp/command.ts';
import { commandOf } from '../../../native-bridge/protocols/smp/commands.ts';
import { SmpError, SmpFormatError } from '../../../native-bridge/protocols/smp/errors.ts';
import { readHeader, type SmpHeader } from '../../../native-bridge/protocols/smp/header.ts';
import {
  SerialFraming,
  type SerialValue,
} from '../../../native-bridge/protocols/smp/serial-framing.ts';

export interface Recording {
  readonly host: SerialValue[];
  readonly terminal: SerialValue[];
  /** What the host's side of the line carried, as it was. */
  readonly hostBytes: Uint8Array;
}

export function recording(name: string): Recording {
  const url = new URL(`../../fixtures/smp/${name}.jsonl`, import.meta.url);
  const sides = { host: new SerialFraming(), terminal: new SerialFraming() };
  const found = { host: [] as SerialValue[], terminal: [] as SerialValue[] };
  const hostBytes: Buffer[] = [];
  for (const line of readFileSync(url, 'utf8').trim().split('\n')) {
    const entry = JSON.parse(line) as { from: 'host' | 'terminal'; bytes: string };
    const chunk = Buffer.from(entry.bytes, 'hex');
    found[entry.from].push(...sides[entry.from].push(chunk));
    if (entry.from === 'host') hostBytes.push(chunk);
  }
  found.terminal.push(...sides.terminal.flush());
  return { ...found, hostBytes: new Uint8Array(Buffer.concat(hostBytes)) };
}

export function packetsOf(values: readonly SerialValue[]): Uint8Array[] {
  return values.flatMap((value) => (value.kind === 'packet' ? [value.bytes] : []));
}

export function textOf(values: readonly SerialValue[]): string[] {
  return values.flatMap((value) =>
    value.kind === 'text' ? [new TextDecoder().decode(value.bytes)] : [],
  );
}

export interface Exchange {
  readonly request: SmpHeader;
  readonly asked: ReadonlyMap<string, unknown>;
  readonly reply: SmpHeader;
  readonly name: string;
  /** `ok`, the meaning of a refusal, or the problem of a malformed reply. */
  readonly outcome: string;
  readonly result: unknown;
}

/** Requests and replies one to one: in these recordings every request was answered in turn. */
export function exchangesOf({ host, terminal }: Recording): Exchange[] {
  const replies = packetsOf(terminal);
  return packetsOf(host).map((packet, index) => {
    const { header: request, body: asked } = decodeRequest(packet);
    const reply = replies[index] ?? new Uint8Array(0);
    const command = commandOf(request);
    return {
      request,
      asked,
      reply: readHeader(reply),
      name: command?.name ?? `${request.group}/${request.id} ${request.operation}`,
      ...outcomeOf(command, reply),
    };
  });
}

function outcomeOf(
  command: ReturnType<typeof commandOf>,
  reply: Uint8Array,
): { outcome: string; result: unknown } {
  const any = { group: 0, decode: (body: unknown) => body };
  try {
    const { body } = decodeResponse(reply);
    return { outcome: 'ok', result: readResult((command ?? any) as never, body) };
  } catch (error) {
    if (error instanceof SmpError) return { outcome: error.meaning, result: null };
    if (error instanceof SmpFormatError) return { outcome: error.problem, result: null };
    throw error;
  }
}
