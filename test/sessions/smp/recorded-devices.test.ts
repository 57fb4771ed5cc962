/**
 * Real devices, recorded: our session says what the recorded client said, and must read what they
 * answered. The replayed port checks every byte that the session writes.
 */
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { parseRecording, type RecordedBytes } from '../../../native-bridge/ports/recording-file.ts';
import { openReplayPort } from '../../../native-bridge/ports/replay-turns.ts';
import type { CborFields } from '../../../native-bridge/protocols/cbor.ts';
import {
  decodeRequest,
  type SmpCommand,
  type SmpMessage,
} from '../../../native-bridge/protocols/smp/command.ts';
import { commandOf } from '../../../native-bridge/protocols/smp/commands.ts';
import type { ImageState } from '../../../native-bridge/protocols/smp/image/state.ts';
import { SerialFraming } from '../../../native-bridge/protocols/smp/serial-framing.ts';
import { SmpSessionError } from '../../../native-bridge/sessions/smp/session-error.ts';
import { SmpSession } from '../../../native-bridge/sessions/smp/smp-session.ts';

interface Exchange {
  readonly command: string;
  readonly version: number;
  /** What our client read, or the code of the error and its facts. */
  readonly result: unknown;
}

let session: SmpSession | null = null;
afterEach(async () => {
  await session?.close();
});

function recordingOf(name: string): RecordedBytes[] {
  const file = new URL(`../../fixtures/smp/${name}.jsonl`, import.meta.url);
  return parseRecording(readFileSync(file, 'utf8'));
}

function requestsIn(recording: readonly RecordedBytes[]): SmpMessage[] {
  const framing = new SerialFraming();
  return recording
    .filter(({ from }) => from === 'host')
    .flatMap(({ bytes }) => framing.push(bytes))
    .flatMap((value) => (value.kind === 'packet' ? [decodeRequest(value.bytes)] : []));
}

/** Replays from the request with `firstSequence` on, in one session. */
async function converse(recording: readonly RecordedBytes[]): Promise<Exchange[]> {
  const requests = requestsIn(recording);
  const { sequence, version } = requests[0]?.header ?? { sequence: 0, version: 2 as const };
  session = SmpSession.open(openReplayPort(recording), { firstSequence: sequence, version });
  const exchanges: Exchange[] = [];
  for (const request of requests) {
    const command = asRecorded(request);
    const result = await session
      .request(command, undefined, { timeoutMs: 5000 })
      .catch((error: unknown) => {
        if (!(error instanceof SmpSessionError)) throw error;
        return { code: error.code, ...error.facts };
      });
    exchanges.push({ command: command.name, version: request.header.version, result });
  }
  return exchanges;
}

/** Our command, with the body as it was recorded. */
function asRecorded({ header, body }: SmpMessage): SmpCommand<void, unknown> {
  const operation = header.operation === 'read' ? ('read' as const) : ('write' as const);
  const unknown = { decode: () => null, name: `${header.group}/${header.id}`, idempotent: true };
  const { group, id } = header;
  const known = commandOf(header);
  const fields = Object.fromEntries(body) as CborFields;
  return { ...unknown, ...known, group, id, operation, encode: () => fields };
}

const resultsOf = (exchanges: readonly Exchange[], command: string): unknown[] =>
  exchanges.filter((each) => each.command === command).map(({ result }) => result);

const slotsOf = (result: unknown): string[] =>
  (result as ImageState).slots.map(({ slot, version, active, confirmed, pending }) =>
    [slot, version, active && 'active', confirmed && 'confirmed', pending && 'pending']
      .filter((word) => word !== false)
      .join(' '),
  );

describe('a Zephyr 3.5 server, every group', () => {
  const recording = recordingOf('zephyr-3.5-groups');
  /** Its second half is in version 1. */
  function half(version: 1 | 2): RecordedBytes[] {
    const at = recording.findIndex(
      ({ from, bytes }) =>
        from === 'host' && requestsIn([{ ms: 0, from, bytes }])[0]?.header.version === 1,
    );
    return version === 2 ? recording.slice(0, at) : recording.slice(at);
  }

  it('is read in version 2', async () => {
    const exchanges = await converse(half(2));
    expect(exchanges).toHaveLength(37);
    const results = Object.fromEntries(exchanges.map(({ command, result }) => [command, result]));
    expect(results).toMatchObject({
      'os/echo': { text: 'hi' },
      'os/memory-pools': { code: 'command-unsupported' },
      'os/date-time-get': { code: 'command-refused', meaning: 'os/clock-not-set' },
      'os/parameters': { bufferBytes: 1024, bufferCount: 4 },
      'image/slot-info': { code: 'command-unsupported' },
      'statistics/group': { code: 'command-refused', meaning: 'statistics/invalid-statistic-name' },
      'settings/read': { code: 'command-refused', group: 3 },
      'files/status': { lengthBytes: 11 },
      '55/0': { code: 'command-unsupported' },
      '0/99': { code: 'command-unsupported' },
    });
    expect(resultsOf(exchanges, 'os/info')).toEqual([
      { output: 'Zephyr' },
      {
        output:
          'Zephyr unknown 2778dcde0601 3.5.0 Sun Nov 22 21:52:27 2026 posix unknown native_sim_64 Zephyr',
      },
    ]);
    expect(resultsOf(exchanges, 'shell/execute')).toMatchObject([
      { output: '\r\nZephyr version 3.5.0\r\n', exitCode: 0 },
      { exitCode: -8 },
    ]);
  });

  it('is read in version 1, with its truncated answer', async () => {
    const exchanges = await converse(half(1));
    expect(exchanges.every(({ version }) => version === 1)).toBe(true);
    expect(resultsOf(exchanges, 'os/date-time-get')).toMatchObject([
      { code: 'command-refused', rc: 5, meaning: 'no-entry' },
    ]);
    expect(resultsOf(exchanges, 'statistics/group')).toMatchObject([
      { fields: expect.anything() as unknown },
      { code: 'reply-malformed', problem: 'body-truncated' },
    ]);
    expect(resultsOf(exchanges, 'shell/execute')).toMatchObject([
      { exitCode: 0 },
      { exitCode: -8 },
    ]);
  });
});

describe('a Zephyr 3.5 server, a flash', () => {
  it('takes an image, restarts, and runs it unconfirmed', async () => {
    const exchanges = await converse(recordingOf('zephyr-3.5-upload-test-reset'));
    const uploads = resultsOf(exchanges, 'image/upload');
    expect(uploads).toHaveLength(202);
    expect(uploads.at(-1)).toEqual({ offsetBytes: 200_552, match: true });
    expect(resultsOf(exchanges, 'image/state-read').map(slotsOf)).toEqual([
      ['0 1.0.0 active confirmed', '1 1.1.0.5'],
      ['0 1.0.0 active confirmed', '1 1.1.0.5 pending'],
      ['0 1.1.0.5 active', '1 1.0.0 confirmed'],
    ]);
    expect(session?.statistics()).toMatchObject({ badFrames: 0, foreign: 0, lost: 0 });
  });
});

describe('a Zephyr 4.4 device behind MCUboot', () => {
  const said = (): string[] => session?.textLines().map(({ text }) => text) ?? [];

  it('takes an image, swaps, and confirms it', async () => {
    const exchanges = await converse(recordingOf('zephyr-4.4-mcuboot-swap-confirm'));
    expect(resultsOf(exchanges, 'image/upload')).toHaveLength(226);
    const states = resultsOf(exchanges, 'image/state-read').map(slotsOf);
    expect(states.at(-2)).toEqual(['0 2.0.0 active', '1 0.0.0 confirmed']);
    expect(states.at(-1)).toEqual(['0 2.0.0 active confirmed']);
    expect(resultsOf(exchanges, 'image/slot-info')).toMatchObject([
      { images: [{ slots: [{ sizeBytes: 106_496 }, { sizeBytes: 106_496 }] }] },
    ]);
    expect(said()).toContain('*** Booting MCUboot ee39e2d694bd ***');
    expect(said()).toContain('I: Starting swap using offset algorithm.');
  });

  it('reverts what was not confirmed, and its log is whole around the frames that cut it', async () => {
    const exchanges = await converse(recordingOf('zephyr-4.4-mcuboot-swap-revert'));
    const states = resultsOf(exchanges, 'image/state-read').map(slotsOf);
    expect(states.slice(-3)).toEqual([
      ['0 3.0.0 active', '1 2.0.0 confirmed'],
      ['0 2.0.0 active confirmed', '1 3.0.0'],
      ['0 2.0.0 active confirmed'],
    ]);
    const erased = said().filter((line) => line.includes('Erased 0xc400'));
    expect(erased.length).toBeGreaterThan(0);
    const whole = 'Erased 0xc400 bytes of image slot\u001b[0m';
    expect(erased.every((line) => line.endsWith(whole))).toBe(true);
    expect(said().every((line) => !line.includes('\u0006'))).toBe(true);
  });
});
