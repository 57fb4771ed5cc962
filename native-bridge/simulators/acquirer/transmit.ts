/**
 * How an answer goes out, whole or as a fault has it. `sent` counts the bytes of bodies that the
 * system has taken, so that a test can see how much a client let come.
 */
import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Answer } from './answers.ts';

const HUGE_BYTES = 100 * 1024 * 1024;
const CHUNK_BYTES = 64 * 1024;
const DRIP_MS = 20;
const BOMB_MEMBER_BYTES = 10 * 1024 * 1024;
const BOMB_MEMBERS = 100;

/** Made once: packing ten megabytes takes its time. */
let bombMember: Buffer | null = null;

export type Sent = (bytes: number) => void;
type Transmit = (response: ServerResponse, answer: Answer, sent: Sent) => Promise<void> | void;

/** Settles when the system took the bytes; false: the client has gone. */
function write(response: ServerResponse, bytes: Uint8Array, sent: Sent): Promise<boolean> {
  if (response.destroyed || response.closed) return Promise.resolve(false);
  return new Promise((resolve) => {
    // Where the connection goes, the write is never called back.
    const gone = () => resolve(false);
    response.once('close', gone);
    response.write(bytes, (error) => {
      response.off('close', gone);
      if (!error) sent(bytes.length);
      resolve(!error);
    });
  });
}

export const whole: Transmit = (response, { status, headers, body }, sent) => {
  const bytes = Buffer.from(body);
  const mayHaveBody = status !== 204;
  response.writeHead(status, {
    ...headers,
    ...(mayHaveBody && { 'content-length': bytes.length }),
  });
  response.end(bytes, () => sent(bytes.length));
};

function begin(response: ServerResponse, { status, headers }: Answer, more: object = {}): void {
  response.writeHead(status === 204 ? 200 : status, { ...headers, ...more });
  response.flushHeaders();
}

async function half(response: ServerResponse, answer: Answer, sent: Sent): Promise<void> {
  const bytes = Buffer.from(answer.body === '' ? 'half of a body' : answer.body);
  begin(response, answer, { 'content-length': bytes.length });
  await write(response, bytes.subarray(0, Math.ceil(bytes.length / 2)), sent);
}

async function flood(response: ServerResponse, totalBytes: number, sent: Sent): Promise<void> {
  const chunk = Buffer.alloc(CHUNK_BYTES, ' ');
  for (let bytes = 0; bytes < totalBytes; bytes += chunk.length) {
    if (!(await write(response, chunk, sent))) return;
  }
  response.end();
}

/** By fault; the first that is on is used. */
export const mishaps: Readonly<Record<string, Transmit>> = {
  'hangs-after-headers': (response, answer) => begin(response, answer),
  'hangs-mid-body': half,
  'cut-off': async (response, answer, sent) => {
    await half(response, answer, sent);
    response.socket?.resetAndDestroy();
  },
  drips: async (response, answer, sent) => {
    begin(response, answer);
    while (await write(response, Buffer.from(' '), sent)) await delay(DRIP_MS);
  },
  huge: async (response, answer, sent) => {
    begin(response, answer);
    await flood(response, HUGE_BYTES, sent);
  },
  'huge-declared': async (response, answer, sent) => {
    begin(response, answer, { 'content-length': HUGE_BYTES });
    await flood(response, HUGE_BYTES, sent);
  },
  'gzip-bomb': async (response, answer, sent) => {
    begin(response, answer, { 'content-encoding': 'gzip' });
    bombMember ??= gzipSync(Buffer.alloc(BOMB_MEMBER_BYTES, ' '));
    // RFC 1952, 2.2: members simply follow each other.
    for (let at = 0; at < BOMB_MEMBERS; at++) {
      if (!(await write(response, bombMember, sent))) return;
    }
    response.end();
  },
};
