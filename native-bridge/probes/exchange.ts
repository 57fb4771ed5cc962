/**
 * One request and its answer over a connection that is there: sent once, redirects are not followed,
 * headers and body bounded, compressed bodies unpacked no further than the bound. The deadline
 * covers every byte.
 */
import { once } from 'node:events';
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import type { Duplex, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Deadline } from './deadline.ts';
import { codeOf, ProbeError, rawOf } from './probe-error.ts';

export interface Asked {
  /** As the Host header has it. */
  readonly authority: string;
  readonly path: string;
  readonly accept: string;
  /** The request is filled up to this length; 0: not at all. */
  readonly sizeBytes: number;
  readonly maxBodyBytes: number;
  /** A body beyond the bound: an error, or enough was read. */
  readonly beyond: 'error' | 'enough';
}

export interface Answered {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** Bytes of the body that were let in, before decoding. */
  readonly bodyBytes: number;
  /** When the request was out and when the headers were in, by this computer's clock. */
  readonly sentAtMs: number;
  readonly headersAtMs: number;
}

const maxHeaderBytes = 16_384;
const userAgent = 'pos-bench';

/** Throws ProbeError `no-answer`, `cut-off`, `not-http`, `body-stalled`, `too-large`, `unreadable`. */
export async function exchange(
  socket: Duplex,
  asked: Asked,
  deadline: Deadline,
): Promise<Answered> {
  const { request, sizeBytes } = open(socket, asked);
  try {
    const sentAtMs = Date.now();
    const response = await head(request, { sizeBytes, timeoutMs: deadline.limitMs }, deadline);
    const headersAtMs = Date.now();
    const { statusCode: status = 0, headers } = response;
    const facts = { status, timeoutMs: deadline.limitMs, maxBytes: asked.maxBodyBytes };
    const stalled = () => new ProbeError('body-stalled', facts, headText(status, headers));
    const { bytes, bodyBytes } = await deadline
      .over(readBody(response, asked), stalled)
      .catch((error: unknown) => {
        throw bodyError(error, facts, headText(status, headers));
      });
    return { status, headers, body: bytes.toString(), bodyBytes, sentAtMs, headersAtMs };
  } finally {
    request.destroy();
    socket.destroy();
  }
}

function open(socket: Duplex, asked: Asked): { request: ClientRequest; sizeBytes: number } {
  const headers: Record<string, string> = {
    host: asked.authority,
    'user-agent': userAgent,
    accept: asked.accept,
    'accept-encoding': 'identity',
    'cache-control': 'no-cache',
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const bare = `GET ${asked.path} HTTP/1.1\r\n${lines.join('')}\r\n`.length;
  const padName = 'x-padding';
  const padding = asked.sizeBytes - bare - padName.length - ': \r\n'.length;
  if (padding > 0) headers[padName] = 'x'.repeat(padding);
  const request = httpRequest({
    createConnection: () => socket,
    method: 'GET',
    path: asked.path,
    headers,
    maxHeaderSize: maxHeaderBytes,
    setDefaultHeaders: false,
  });
  // An error is met where it is waited for; one that comes later concerns nobody.
  request.on('error', () => undefined);
  request.end();
  return { request, sizeBytes: Math.max(bare, asked.sizeBytes) };
}

async function head(
  request: ClientRequest,
  facts: { sizeBytes: number; timeoutMs: number },
  deadline: Deadline,
): Promise<IncomingMessage> {
  try {
    const silence = () => new ProbeError('no-answer', facts);
    const [response] = (await deadline.over(once(request, 'response'), silence)) as [
      IncomingMessage,
    ];
    response.on('error', () => undefined);
    return response;
  } catch (error) {
    const code = codeOf(error);
    if (error instanceof ProbeError || code === '') throw error;
    throw new ProbeError(code.startsWith('HPE_') ? 'not-http' : 'cut-off', facts, rawOf(error), {
      cause: error,
    });
  }
}

/** Reads on while there is room, and no further. */
async function readBody(
  response: IncomingMessage,
  { maxBodyBytes, beyond }: Asked,
): Promise<{ bytes: Buffer; bodyBytes: number }> {
  const tooLarge = () => new ProbeError('too-large', { maxBytes: maxBodyBytes });
  const declared = Number(response.headers['content-length'] ?? 0);
  if (declared > maxBodyBytes && beyond === 'error') throw tooLarge();
  const chunks: Buffer[] = [];
  let decodedBytes = 0;
  let bodyBytes = 0;
  response.on('data', (chunk: Buffer) => (bodyBytes += chunk.length));
  const decoded = decodedBody(response);
  for await (const chunk of decoded as AsyncIterable<Buffer>) {
    decodedBytes += chunk.length;
    if (decodedBytes > maxBodyBytes) {
      if (beyond === 'error') throw tooLarge();
      break;
    }
    chunks.push(chunk);
  }
  return { bytes: Buffer.concat(chunks), bodyBytes };
}

/** Plain was asked for; some send it packed all the same. Throws ProbeError `unreadable`. */
function decodedBody(response: IncomingMessage): Readable {
  const encoding = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity' || encoding === '') return response;
  if (encoding !== 'gzip') throw new ProbeError('unreadable', { encoding: encoding.slice(0, 40) });
  const unpacked = createGunzip();
  response.once('error', (error) => unpacked.destroy(error));
  response.once('close', () => {
    if (!response.complete) unpacked.destroy(new Error('cut off'));
  });
  return response.pipe(unpacked);
}

function bodyError(error: unknown, facts: ProbeError['facts'], raw: string): unknown {
  if (error instanceof ProbeError) {
    return new ProbeError(error.problem, { ...facts, ...error.facts }, error.raw || raw);
  }
  const code = codeOf(error);
  if (code.startsWith('Z_')) {
    return new ProbeError('unreadable', facts, `${raw}\n${rawOf(error)}`);
  }
  if (error instanceof Error && error.name === 'AbortError') return error;
  return new ProbeError('cut-off', facts, `${raw}\n${rawOf(error)}`);
}

/** Only these: others may carry what is nobody's business, as cookies do. */
const shownHeaders = [
  'date',
  'age',
  'server',
  'via',
  'content-type',
  'content-length',
  'content-encoding',
  'retry-after',
] as const;

/** Status and headers, as evidence. */
export function headText(status: number, headers: IncomingMessage['headers']): string {
  const lines = shownHeaders.flatMap((name) => {
    const value = headers[name];
    return value === undefined ? [] : [`${name}: ${String(value).slice(0, 120)}`];
  });
  const location = locationOf(headers);
  return [`HTTP ${status}`, ...lines, ...(location === null ? [] : [`location: ${location}`])].join(
    '\n',
  );
}

/** Where a redirect leads, without its query, which may name who is asking; null: nowhere. */
export function locationOf({ location }: IncomingMessage['headers']): string | null {
  if (location === undefined) return null;
  const [place = ''] = location.split(/[?#]/, 1);
  return place.slice(0, 200);
}
