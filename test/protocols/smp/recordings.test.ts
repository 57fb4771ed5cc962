import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type CborFields, encodeCborMap } from '../../../native-bridge/protocols/cbor.ts';
import { answers, decodeRequest } from '../../../native-bridge/protocols/smp/command.ts';
import type { ImageState, SlotInfo } from '../../../native-bridge/protocols/smp/image/index.ts';
import { encodeSerial } from '../../../native-bridge/protocols/smp/serial-framing.ts';
import { hex } from './bytes.ts';
import { type Exchange, exchangesOf, packetsOf, recording, textOf } from './recordings.ts';

const groups = recording('zephyr-3.5-groups');
const upload = recording('zephyr-3.5-upload-test-reset');
const confirm = recording('zephyr-4.4-mcuboot-swap-confirm');
const revert = recording('zephyr-4.4-mcuboot-swap-revert');

describe.each([
  ['zephyr-3.5-groups', groups, 75, 0],
  ['zephyr-3.5-upload-test-reset', upload, 229, 0],
  ['zephyr-4.4-mcuboot-swap-confirm', confirm, 235, 44],
  ['zephyr-4.4-mcuboot-swap-revert', revert, 237, 54],
])('%s', (_, { host, terminal, hostBytes }, packets, textLines) => {
  it('has no frame that does not decode, on either side', () => {
    expect(packetsOf(host)).toHaveLength(packets);
    expect(host).toHaveLength(packets);
    expect(packetsOf(terminal)).toHaveLength(packets);
    expect(textOf(terminal)).toHaveLength(textLines);
    expect(terminal).toHaveLength(packets + textLines);
  });

  it('has requests that are framed by us as they were framed', () => {
    const framed = Buffer.concat(packetsOf(host).map((packet) => encodeSerial(packet)));
    expect(framed.equals(hostBytes)).toBe(true);
  });

  it('has requests whose bodies are written by us as they were written', () => {
    for (const packet of packetsOf(host)) {
      const { body } = decodeRequest(packet);
      const fields = Object.fromEntries(body) as CborFields;
      expect(hex(encodeCborMap(fields))).toBe(hex(packet.subarray(8)));
    }
  });
});

describe('every group and command of a real server', () => {
  const exchanges = exchangesOf(groups);

  it('is read as it is meant, in version 2', () => {
    expect(outcomesOf(exchanges, 2)).toEqual([
      'os/echo ok',
      '0/0 read ok',
      'os/task-statistics ok',
      'os/memory-pools not-supported',
      'os/date-time-get os/clock-not-set',
      'os/parameters ok',
      'os/info ok',
      'os/info ok',
      'os/bootloader-info ok',
      'os/bootloader-info ok',
      'image/state-read ok',
      'image/slot-info not-supported',
      'statistics/list ok',
      'statistics/group ok',
      'statistics/group statistics/invalid-statistic-name',
      'settings/read settings/root-key-not-found',
      'settings/write settings/root-key-not-found',
      'settings/delete ok',
      'settings/commit ok',
      'settings/load ok',
      'settings/save ok',
      'files/upload ok',
      'files/download ok',
      'files/status ok',
      'files/hash ok',
      'files/hash ok',
      'files/hash-types ok',
      'files/close ok',
      'files/download files/file-not-found',
      'shell/execute ok',
      'shell/execute ok',
      'enumeration/count not-supported',
      'enumeration/list not-supported',
      'enumeration/single not-supported',
      'enumeration/details not-supported',
      '55/0 read not-supported',
      '0/99 read not-supported',
    ]);
  });

  it('is read as it is meant, in version 1', () => {
    expect(outcomesOf(exchanges, 1)).toEqual([
      'os/echo ok',
      '0/0 read ok',
      'os/task-statistics ok',
      'os/memory-pools not-supported',
      'os/date-time-get no-entry',
      'os/parameters ok',
      'os/info ok',
      'os/info ok',
      'os/bootloader-info ok',
      'os/bootloader-info ok',
      'image/state-read ok',
      'image/slot-info not-supported',
      'statistics/list ok',
      'statistics/group ok',
      'statistics/group body-truncated',
      'settings/read unknown',
      'settings/write unknown',
      'settings/delete ok',
      'settings/commit ok',
      'settings/load ok',
      'settings/save ok',
      'files/upload ok',
      'files/download ok',
      'files/status ok',
      'files/hash ok',
      'files/hash ok',
      'files/hash-types ok',
      'files/close ok',
      'files/download no-entry',
      'shell/execute ok',
      'shell/execute ok',
      'enumeration/count not-supported',
      'enumeration/list not-supported',
      'enumeration/single not-supported',
      'enumeration/details not-supported',
      'basic/erase-storage ok',
      '55/0 read not-supported',
      '0/99 read not-supported',
    ]);
  });

  it('answers its request, but for the truncated one, whose header is the one before', () => {
    const strays = exchanges.filter(({ request, reply }) => !answers(request, reply));
    expect(
      strays.map(({ name, request, reply }) => [name, request.sequence, reply.sequence]),
    ).toEqual([['statistics/group', 52, 51]]);
  });
});

describe('an upload to a real server', () => {
  it.each([
    ['of 200,552 bytes', upload, 202, 200_552],
    ['of 49,692 bytes', confirm, 226, 49_692],
  ])('%s is followed from offset to offset', (_, found, requests, totalBytes) => {
    const pieces = exchangesOf(found).filter(({ name }) => name === 'image/upload');
    expect(pieces).toHaveLength(requests);
    let offsetBytes = 0;
    for (const { asked, outcome, result } of pieces) {
      const data = asked.get('data') as Uint8Array;
      expect([outcome, asked.get('off')]).toEqual(['ok', offsetBytes]);
      offsetBytes += data.length;
      expect(result).toMatchObject({ offsetBytes });
    }
    expect(offsetBytes).toBe(totalBytes);
    const file = createHash('sha256');
    for (const { asked } of pieces) file.update(asked.get('data') as Uint8Array);
    expect(file.digest('hex')).toBe(hex(pieces[0]?.asked.get('sha') as Uint8Array));
  });

  it('ends in a trial that is not confirmed, with the version as Zephyr writes it', () => {
    expect(statesOf(upload).at(-1)).toEqual(['0 1.1.0.5 active', '1 1.0.0 confirmed']);
  });

  it('is tested, runs unconfirmed beside its fallback, and is confirmed', () => {
    expect(statesOf(confirm)).toEqual([
      ['0 0.0.0 confirmed active'],
      ['0 0.0.0 confirmed active', '1 2.0.0'],
      ['0 0.0.0 confirmed active', '1 2.0.0 pending'],
      ['0 2.0.0 active', '1 0.0.0 confirmed'],
      ['0 2.0.0 confirmed active'],
      ['0 2.0.0 confirmed active'],
    ]);
  });

  it('that is not confirmed is reverted, and what it left is erased', () => {
    expect(statesOf(revert)).toEqual([
      ['0 2.0.0 confirmed active'],
      ['0 2.0.0 confirmed active', '1 3.0.0'],
      ['0 2.0.0 confirmed active', '1 3.0.0 pending'],
      ['0 3.0.0 active', '1 2.0.0 confirmed'],
      ['0 2.0.0 confirmed active', '1 3.0.0'],
      ['0 2.0.0 confirmed active'],
    ]);
  });

  it('goes into slots of a known size', () => {
    const sizes = exchangesOf(revert).find(({ name }) => name === 'image/slot-info');
    expect((sizes?.result as SlotInfo).images[0]?.slots.map((slot) => slot.sizeBytes)).toEqual([
      106_496, 106_496,
    ]);
  });

  it('is answered in the order of its requests', () => {
    for (const found of [upload, confirm, revert]) {
      expect(exchangesOf(found).filter(({ request, reply }) => !answers(request, reply))).toEqual(
        [],
      );
    }
  });
});

describe("a real device's log", () => {
  it('is put together around the frames in the middle of its lines', () => {
    const stamp = '\u001b[0m';
    expect(textOf(revert.terminal)).toContain(
      `[00:00:20.556,051] ${stamp}<inf> mcumgr_img_grp: Erased 0xc400 bytes of image slot${stamp}\r\n`,
    );
  });

  it('has no frame in its lines and no line cut', () => {
    for (const line of [...textOf(confirm.terminal), ...textOf(revert.terminal)]) {
      expect(line).toMatch(/^(\[\d\d:\d\d:\d\d\.\d{3},\d{3}\] |\*\*\* |I: ).*\r\n$/);
    }
  });
});

function outcomesOf(exchanges: readonly Exchange[], version: number): string[] {
  return exchanges
    .filter(({ request }) => request.version === version)
    .map(({ name, outcome }) => `${name} ${outcome}`);
}

function statesOf(found: Parameters<typeof exchangesOf>[0]): string[][] {
  return exchangesOf(found)
    .filter(({ name }) => name === 'image/state-read' || name === 'image/state-write')
    .map(({ result }) =>
      (result as ImageState).slots.map((slot) =>
        [
          slot.slot,
          slot.version,
          ...(['pending', 'confirmed', 'active', 'permanent'] as const).filter(
            (flag) => slot[flag],
          ),
        ].join(' '),
      ),
    );
}
