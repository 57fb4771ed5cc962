/**
 * The adb server that may run on this machine, asked what it has: a request is its length in four hex
 * digits and its text, an answer OKAY or FAIL, then the same (AOSP: packages/modules/adb/SERVICES.TXT).
 * It takes every Android device that it sees over USB, and leaves none to us.
 */
import { connect } from 'node:net';
import { pause } from './pause.ts';
import { findListener, type PortHolder } from './port-holder.ts';

export interface AdbServer {
  /** Of its protocol: 41. */
  readonly version: number;
  /** null: the system does not tell. */
  readonly process: PortHolder | null;
  readonly devices: readonly AdbServerDevice[];
}

export interface AdbServerDevice {
  readonly serialNumber: string;
  /** `device`, `unauthorized`, `offline`, `recovery`, … */
  readonly state: string;
  /** Where it is plugged in, `1-1.4`; null: not over USB, or not told. */
  readonly place: string | null;
}

const HOST = '127.0.0.1';
const DEFAULT_PORT = 5037;
const TIMEOUT_MS = 1000;
const MAX_ANSWER_BYTES = 64 * 1024;

/** As adb itself finds it. */
function adbServerPort(): number {
  const asked = Number(process.env['ANDROID_ADB_SERVER_PORT']);
  return Number.isInteger(asked) && asked > 0 && asked < 65_536 ? asked : DEFAULT_PORT;
}

/** null: none runs. */
export async function findAdbServer(portNumber = adbServerPort()): Promise<AdbServer | null> {
  const version = await ask('host:version', portNumber).catch(() => null);
  if (version === null || !/^[0-9a-f]{4}$/i.test(version)) return null;
  const [devices, process] = await Promise.all([
    adbServerDevices(portNumber).catch(() => []),
    findListener(portNumber),
  ]);
  return { version: parseInt(version, 16), process, devices };
}

/** Rejects where none runs, or none answers. */
export async function adbServerDevices(portNumber = adbServerPort()): Promise<AdbServerDevice[]> {
  const text = await ask('host:devices-l', portNumber);
  return text.split('\n').flatMap((line) => {
    const [, serialNumber, state, rest = ''] = /^(\S{1,256})\s+(\S{1,32})(.*)$/.exec(line) ?? [];
    if (serialNumber === undefined || state === undefined) return [];
    const place = /(?:^| )usb:([0-9]+-[0-9.]+)(?= |$)/.exec(rest)?.[1] ?? null;
    return [{ serialNumber, state, place }];
  });
}

/** Ends it, with every connection that it has. Resolves true when it is gone. */
export async function killAdbServer(portNumber = adbServerPort()): Promise<boolean> {
  await ask('host:kill', portNumber).catch(() => null);
  for (let turn = 0; turn < 20; turn++) {
    if ((await ask('host:version', portNumber).catch(() => null)) === null) return true;
    await pause(100);
  }
  return false;
}

/** The text of an OKAY; rejects with anything else. */
function ask(request: string, portNumber: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: HOST, port: portNumber });
    const timer = setTimeout(() => socket.destroy(new Error('no answer in time')), TIMEOUT_MS);
    let answer = Buffer.alloc(0);
    socket.once('connect', () =>
      socket.write(request.length.toString(16).padStart(4, '0') + request),
    );
    socket.on('data', (chunk: Buffer) => {
      answer = Buffer.concat([answer, chunk]);
      const text = textIn(answer);
      if (text !== null || answer.length > MAX_ANSWER_BYTES) socket.destroy();
    });
    socket.once('error', reject);
    socket.once('close', () => {
      clearTimeout(timer);
      const text = textIn(answer);
      if (text === null) reject(new Error('no answer of an adb server'));
      else resolve(text);
    });
  });
}

/** null: not whole, or no OKAY. */
function textIn(answer: Buffer): string | null {
  const [, digits] = /^OKAY([0-9a-f]{4})/i.exec(answer.toString('latin1', 0, 8)) ?? [];
  if (digits === undefined) return null;
  const length = parseInt(digits, 16);
  return answer.length >= 8 + length ? answer.toString('utf8', 8, 8 + length) : null;
}
