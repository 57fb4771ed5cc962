/** A name server on loopback that knows a few names (RFC 1035); IPv4 only. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

const HEADER_BYTES = 12;
const NAME_ERROR = 3;

/** Returns its address, as a resolver takes it. `silent`: it takes questions and answers none. */
export async function nameServer(
  names: Readonly<Record<string, string>>,
  { silent = false } = {},
): Promise<string> {
  const socket = createSocket('udp4');
  onTestFinished(() => void socket.close());
  socket.on('message', (question, from) => {
    if (!silent) socket.send(answer(question, names), from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return `127.0.0.1:${socket.address().port}`;
}

function answer(question: Buffer, names: Readonly<Record<string, string>>): Buffer {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = question[at] ?? 0; length > 0; length = question[at] ?? 0) {
    labels.push(question.subarray(at + 1, at + 1 + length).toString());
    at += 1 + length;
  }
  const isA = question.readUInt16BE(at + 1) === 1;
  const address = names[labels.join('.')];
  const records = address !== undefined && isA ? [record(address)] : [];
  const header = Buffer.alloc(HEADER_BYTES);
  question.copy(header, 0, 0, 2);
  header.writeUInt16BE(0x8180 | (address === undefined ? NAME_ERROR : 0), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  return Buffer.concat([header, question.subarray(HEADER_BYTES, at + 5), ...records]);
}

/** Name as a pointer to the question, type A, class IN, a minute, four bytes. */
function record(address: string): Buffer {
  return Buffer.from([
    0xc0,
    0x0c,
    0,
    1,
    0,
    1,
    0,
    0,
    0,
    60,
    0,
    4,
    ...address.split('.').map(Number),
  ]);
}
