/** How a connection begins: with a key that is known, with one that is not, and not at all. */
import { constants, publicDecrypt, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AdbSession } from '../../../native-bridge/sessions/adb/adb-session.ts';
import { adbFault, sessionOver, testKey } from '../../support/adb-session.ts';
import { nameOf, openDaemon, ScriptedAdbd } from '../../support/scripted-adbd.ts';

const TOKEN = 1;
const SIGNATURE = 2;
const PUBLIC_KEY = 3;
const token = randomBytes(20);
const banner = 'device::ro.product.name=p;ro.product.model=m;ro.product.device=d;features=cmd';
const soon = { keys: testKey, timeoutMs: 100, tapTimeoutMs: 100 };

/** Asks for a key; `known`: takes the signature; else it wants the public key and answers as told. */
function locked(known: boolean, onPublicKey: (daemon: ScriptedAdbd, key: string) => void) {
  return new ScriptedAdbd(({ command, arg0, payload, text }, daemon) => {
    if (nameOf(command) === 'connect') daemon.send('authenticate', TOKEN, 0, token);
    if (nameOf(command) !== 'authenticate') return;
    if (arg0 === PUBLIC_KEY) onPublicKey(daemon, text);
    else if (known && arg0 === SIGNATURE && isSigned(payload)) welcome(daemon);
    else daemon.send('authenticate', TOKEN, 0, token);
  });
}

function welcome(daemon: ScriptedAdbd): void {
  daemon.send('connect', 0x01000001, 1024 * 1024, banner);
}

/** A token is signed as if it were a SHA-1 digest. */
function isSigned(signature: Uint8Array): boolean {
  const digestInfo = Buffer.from('3021300906052b0e03021a05000414', 'hex');
  const key = { key: testKey.publicKey, padding: constants.RSA_PKCS1_PADDING };
  return publicDecrypt(key, signature).equals(Buffer.concat([digestInfo, token]));
}

describe('a terminal that asks for no key', () => {
  it('is open at once and tells who it is', async () => {
    const session = await sessionOver(openDaemon());
    expect(session.banner).toMatchObject({ mode: 'device', product: 'p', model: 'm', device: 'd' });
    expect(session.banner.features).toContain('shell_v2');
    expect(session.banner.maxPayloadBytes).toBe(1024 * 1024);
  });

  it.each(['recovery', 'sideload', 'rescue'] as const)('may be in %s', async (mode) => {
    const session = await sessionOver(openDaemon(undefined, `${mode}::`));
    expect(session.banner).toMatchObject({ mode, product: null });
  });

  it('may be in a mode that nobody knows', async () => {
    const session = await sessionOver(openDaemon(undefined, 'bootloader::'));
    expect(session.banner.mode).toBe('other');
  });
});

describe('a terminal that knows the key', () => {
  it('takes its signature and asks nobody', async () => {
    const states: string[] = [];
    const daemon = locked(true, () => undefined);
    await sessionOver(daemon, { onState: (state) => states.push(state) });
    expect(states).toEqual(['authorising']);
  });
});

describe('a terminal that does not know the key', () => {
  it('gets the public key and is open after the tap', async () => {
    const states: string[] = [];
    const daemon = locked(false, welcome);
    await sessionOver(daemon, { onState: (state) => states.push(state) });
    expect(states).toEqual(['authorising', 'waiting-for-tap']);
  });

  it('gets it in Android’s own format, with a name that people see', async () => {
    let sent = '';
    await sessionOver(
      locked(false, (daemon, key) => {
        sent = key;
        welcome(daemon);
      }),
    );
    const [base64 = '', name] = sent.split(' ');
    const key = Buffer.from(base64, 'base64');
    const modulus = Buffer.from(testKey.publicKey.export({ format: 'jwk' }).n ?? '', 'base64url');
    expect(name).toBe('pos-bench@test');
    expect(key.length).toBe(524);
    expect(key.readUInt32LE(0)).toBe(64);
    expect(Buffer.from(key.subarray(8, 264)).reverse()).toEqual(modulus);
    expect(key.readUInt32LE(520)).toBe(65_537);
  });

  it('is given up where nobody taps', async () => {
    const opening = AdbSession.open(
      locked(false, () => undefined),
      { ...soon, timeoutMs: 10_000 },
    );
    expect(await adbFault(opening)).toMatchObject({
      code: 'adb-tap-timeout',
      facts: { timeoutMs: 100 },
    });
  });

  it.each([
    ['asks again', (daemon: ScriptedAdbd) => daemon.send('authenticate', TOKEN, 0, token)],
    ['hangs up', (daemon: ScriptedAdbd) => daemon.vanish()],
  ])('has refused it where it then %s', async (_, refuse) => {
    const opening = AdbSession.open(locked(false, refuse), { ...soon, tapTimeoutMs: 10_000 });
    expect((await adbFault(opening)).code).toBe('adb-not-authorised');
  });
});

describe('a terminal whose ADB is locked down', () => {
  it('says nothing', async () => {
    const opening = AdbSession.open(new ScriptedAdbd(() => undefined), soon);
    expect(await adbFault(opening)).toMatchObject({
      code: 'adb-locked-down',
      facts: { reason: 'silent' },
    });
  });

  it('or hangs up', async () => {
    const opening = AdbSession.open(new ScriptedAdbd((_, daemon) => daemon.vanish()), soon);
    expect(await adbFault(opening)).toMatchObject({
      code: 'adb-locked-down',
      facts: { reason: 'closed' },
    });
  });

  it('or wants a pairing that it shows on its screen only', async () => {
    const daemon = new ScriptedAdbd((_, it) => it.send('startTls', 0x01000000, 0));
    expect(await adbFault(AdbSession.open(daemon, soon))).toMatchObject({
      code: 'adb-locked-down',
      facts: { reason: 'tls' },
    });
  });
});

it('a cancelled opening ends at once and closes the port', async () => {
  const stop = new AbortController();
  const daemon = new ScriptedAdbd(() => stop.abort());
  const opening = AdbSession.open(daemon, { ...soon, timeoutMs: 60_000, signal: stop.signal });
  expect((await adbFault(opening)).code).toBe('cancelled');
  expect(await daemon.closed).toBeNull();
});

it('a key that can’t be had is told as it is', async () => {
  const why = new Error('no key');
  const keys = { name: 'x', privateKey: () => Promise.reject(why) };
  const daemon = locked(true, () => undefined);
  await expect(AdbSession.open(daemon, { ...soon, keys })).rejects.toBe(why);
});
