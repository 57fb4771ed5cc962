/** Bad manners of an Android terminal's ADB, as the technician meets them: each ends with a word. */
import { describe, expect, it } from 'vitest';
import type { Bridge } from '../../../native-bridge/bridge.ts';
import { faultOf } from '../../../native-bridge/contract/bridge-fault.ts';
import type { Progress } from '../../../native-bridge/contract/requests.ts';
import type { Fault } from '../../../native-bridge/contract/fault.ts';
import { faultWords } from '../../../native-bridge/wording/index.ts';
import { startTerminal } from '../../simulators/android/terminal.ts';
import { openBench } from '../../support/bench.ts';
import { appBench } from '../apps/support.ts';

type Model = 'at-700' | 'at-900';

let terminals = 0;

async function terminalWith(bridge: Bridge, fault: string, model: Model = 'at-900') {
  const number = ['--serial-number', `PBLINE${String(++terminals).padStart(4, '0')}`];
  const terminal = await startTerminal('--model', model, '--auth', 'already-known', ...number);
  terminal.simulator.setFault(fault, true);
  const connect = () => bridge.request('connect', { portUrl: `adb://${terminal.adb}` });
  return { terminal, connect };
}

const ended = (work: Promise<unknown>): Promise<Fault | null> =>
  work.then(
    () => null,
    (error: unknown) => faultOf(error),
  );

function told({ code, facts }: Fault): string {
  const fact = facts['problem'] ?? facts['reason'] ?? facts['service'] ?? facts['command'];
  return fact === undefined ? code : `${code}: ${String(fact)}`;
}

describe('connecting to a terminal', () => {
  // All at once: those that say nothing are given up after 8 to 10 seconds.
  it.for<[fault: string, model: Model, expected: string][]>([
    [
      ['silent', 'at-900', 'adb-locked-down: silent'],
      ['stalls', 'at-900', 'reply-timeout: shell'],
      ['foreign-stream-ids', 'at-900', 'reply-timeout: shell'],
      ['foreign-stream-ids', 'at-700', 'reply-timeout: shell'],
      ['garbage', 'at-900', 'reply-malformed: magic'],
      ['absurd-length', 'at-900', 'reply-malformed: payload-length'],
      ['closes-streams', 'at-900', 'reply-malformed: cut-off'],
      ['closes-streams', 'at-700', 'reply-malformed: cut-off'],
      ['bad-checksum', 'at-700', 'reply-malformed: checksum'],
      ['refuses-services', 'at-900', 'command-refused: shell'],
      ['drops-link', 'at-900', 'port-vanished'],
    ],
  ])(
    'that breaks the protocol ends in its deadline, and nothing is left of it',
    { timeout: 15_000 },
    async (rows) => {
      const { bridge } = await openBench();
      const found = await Promise.all(
        rows.map(async ([fault, model]) => {
          const { terminal, connect } = await terminalWith(bridge, fault, model);
          const why = await ended(connect());
          terminal.simulator.setFault(fault, false);
          // What stalls goes on doing so on a connection that was left open.
          expect((await connect()).identity.basis, fault).toBe('serial-number');
          return [fault, model, why === null ? 'connected' : told(why)];
        }),
      );
      expect(found).toEqual(rows);
    },
  );

  // Android's daemon does not tell a host that somebody tapped on “cancel” (adbd_auth_event).
  it.each(['never-authorises', 'refuses-key'])(
    'on whose screen nobody agrees shows until when it is waited for, and asks again: %s',
    async (fault) => {
      const { bridge } = await openBench();
      const terminal = await startTerminal('--fault', fault);
      const asked = { portUrl: `adb://${terminal.adb}` };
      const stop = new AbortController();
      const waits: (string | undefined)[] = [];
      const onProgress = ({ waitingFor, untilUtc }: Progress<'connect'>) => {
        waits.push(waitingFor.key);
        if (waitingFor.key !== 'connect_wait_tap') return;
        expect(Date.parse(untilUtc) - Date.now()).toBeLessThanOrEqual(60_000);
        stop.abort();
      };
      const connecting = bridge.request('connect', asked, { signal: stop.signal, onProgress });
      expect((await ended(connecting))?.code).toBe('cancelled');
      expect(waits).toEqual(['connect_wait_key', 'connect_wait_tap']);
      terminal.simulator.setFault(fault, false);
      expect((await bridge.request('connect', asked)).connected).toBe(true);
    },
  );

  it('that sends what is no ADB is not told of baud rates', async () => {
    const { bridge } = await openBench();
    const { connect } = await terminalWith(bridge, 'garbage');
    const fault = await ended(connect());
    const { what, next } = faultWords(fault ?? { code: 'internal', facts: {} }, 'en');
    expect(what).toBe("What comes over ADB can't be read");
    expect(next).not.toContain('baud');
  });
});

describe('a connected terminal', () => {
  const readAll = async (bridge: Bridge, terminalId: string) => {
    const { readings } = await bridge.request('readTerminal', { terminalId, names: null });
    return readings.map(({ name, failure }) => [name, failure === null ? 'read' : told(failure)]);
  };
  const read = async (fault: string, model: Model = 'at-900') => {
    const { bridge } = await openBench();
    const { connect } = await terminalWith(bridge, fault, model);
    return await readAll(bridge, (await connect()).id);
  };
  const all = (readings: string[][]) => new Set(readings.map(([, how]) => how));

  it.each(['floods-messages', 'no-acknowledgement', 'shell-windows-lines'])(
    'is read in full in spite of: %s',
    async (fault) => {
      expect(all(await read(fault))).toEqual(new Set(['read']));
      expect(all(await read(fault, 'at-700'))).toEqual(new Set(['read']));
    },
  );

  it('that floods the stream it is read over is heard no further', async () => {
    const { bridge } = await openBench();
    const { terminal, connect } = await terminalWith(bridge, 'shell-denied');
    const { id } = await connect();
    terminal.simulator.setFault('floods', true);
    expect(all(await readAll(bridge, id))).toEqual(new Set(['reply-malformed: piece-length']));
  });

  it('one of whose commands hangs has all the others read', { timeout: 15_000 }, async () => {
    const readings = await read('shell-hangs');
    const late = readings.filter(([, how]) => how !== 'read');
    expect(all(late)).toEqual(new Set(['reply-timeout: dumpsys wifi']));
    expect(late.every(([name]) => name?.startsWith('wifi.'))).toBe(true);
  });

  it('that dumps nothing says for each what was refused, and why', async () => {
    const { bridge } = await openBench();
    const { connect } = await terminalWith(bridge, 'shell-denied');
    const terminalId = (await connect()).id;
    const { readings } = await bridge.request('readTerminal', { terminalId, names: null });
    const battery = readings.find(({ name }) => name === 'battery.levelPercent');
    expect(battery?.failure).toMatchObject({
      code: 'command-refused',
      facts: {
        command: 'dumpsys battery',
        meaning: expect.stringContaining('Permission') as string,
      },
    });
    expect(readings.find(({ name }) => name === 'clock.zone')?.failure).toBeNull();
    const { cause } = await bridge.request('diagnose', { terminalId, symptom: 'S1' });
    expect(cause).toBeNull();
  });
});

it('a terminal that never acknowledges is sent no app: the file is given up, and nothing changed', async () => {
  const bench = await appBench();
  const more = [{ name: 'assets/big', content: Buffer.alloc(3_000_000, 'big') }];
  const app = await bench.app({ versionCode: 7, versionName: '1.7' }, { more });
  bench.simulated.simulator.setFault('no-acknowledgement', true);
  const why = await ended(bench.install(app));
  expect(why && told(why)).toBe('reply-timeout: push');
}, 60_000);
