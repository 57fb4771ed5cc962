import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeRequest } from '../../../native-bridge/protocols/smp/command.ts';
import { fileUpload } from '../../../native-bridge/protocols/smp/files/index.ts';
import { imageUpload, type UploadStart } from '../../../native-bridge/protocols/smp/image/index.ts';
import { encodeSerial } from '../../../native-bridge/protocols/smp/serial-framing.ts';
import {
  bestUploadData,
  emptyFileUploadBytes,
  emptyImageUploadBytes,
  largestUploadData,
  packetBytesWith,
} from '../../../native-bridge/protocols/smp/upload-sizes.ts';

const how = { sequence: 0, version: 2 } as const;
const start: UploadStart = {
  totalBytes: 516_758,
  sha256: new Uint8Array(32),
  image: 0,
  upgradeOnly: true,
};

describe('an upload request', () => {
  it('is as long as reckoned, whatever its offset, data and start', () => {
    const offsets = fc.oneof(
      fc.nat(70_000),
      fc.constantFrom(0, 23, 24, 255, 256, 65_535, 65_536, 2 ** 32),
    );
    const starts = fc.constantFrom(null, start, { ...start, image: null, upgradeOnly: false });
    fc.assert(
      fc.property(offsets, fc.nat(2100), starts, (offsetBytes, dataBytes, begun) => {
        const params = { offsetBytes, start: begun };
        const data = new Uint8Array(dataBytes);
        expect(packetBytesWith(emptyImageUploadBytes(params), dataBytes)).toBe(
          encodeRequest(imageUpload, { ...params, data }, how).length,
        );
      }),
    );
  });

  it('for a file is as long as reckoned', () => {
    const params = { path: '/lfs1/t.txt', offsetBytes: 300, totalBytes: null };
    expect(packetBytesWith(emptyFileUploadBytes(params), 500)).toBe(
      encodeRequest(fileUpload, { ...params, data: new Uint8Array(500) }, how).length,
    );
  });

  it.each([
    [0, start, 935],
    [935, null, 996],
    [65_536, null, 994],
  ])('at offset %d of a device with 1024 bytes holds at most what real clients send', (...row) => {
    const [offsetBytes, begun, expected] = row;
    const empty = emptyImageUploadBytes({ offsetBytes, start: begun });
    expect(largestUploadData(empty, 1024)).toBe(expected);
  });

  it('of the largest size fits the buffer, and one byte more does not', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 40, max: 3000 }),
        fc.nat(100_000),
        (bufferBytes, offsetBytes) => {
          const empty = emptyImageUploadBytes({ offsetBytes, start: null });
          const largest = largestUploadData(empty, bufferBytes);
          expect(packetBytesWith(empty, largest) + 4).toBeLessThanOrEqual(bufferBytes);
          expect(packetBytesWith(empty, largest + 1) + 4).toBeGreaterThan(bufferBytes);
        },
      ),
    );
  });

  it('has no room for data in a buffer that is too small', () => {
    expect(largestUploadData(50, 53)).toBe(0);
    expect(bestUploadData(50, 53)).toBe(0);
  });
});

describe('the best size', () => {
  it.each([
    [1024, 65_536, 993, 1397],
    [384, 65_536, 342, 508],
    [512, 65_536, 480, 698],
    [2048, 65_536, 2016, 2794],
  ])('for a buffer of %d bytes is this', (bufferBytes, offsetBytes, dataBytes, lineBytes) => {
    const empty = emptyImageUploadBytes({ offsetBytes, start: null });
    expect(bestUploadData(empty, bufferBytes)).toBe(dataBytes);
    const data = new Uint8Array(dataBytes);
    const packet = encodeRequest(imageUpload, { offsetBytes, data, start: null }, how);
    expect(encodeSerial(packet)).toHaveLength(lineBytes);
  });

  it('has the best ratio of data to line of all sizes that fit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 2200 }),
        fc.nat(70_000),
        (bufferBytes, offsetBytes) => {
          const empty = emptyImageUploadBytes({ offsetBytes, start: null });
          const ratio = (dataBytes: number): number =>
            dataBytes / encodeSerial(new Uint8Array(packetBytesWith(empty, dataBytes))).length;
          const best = bestUploadData(empty, bufferBytes);
          const largest = largestUploadData(empty, bufferBytes);
          expect(best).toBeLessThanOrEqual(largest);
          for (let other = 1; other <= largest; other += 7) {
            expect(ratio(best)).toBeGreaterThanOrEqual(ratio(other));
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('reaches 0.97 of what full lines carry with a buffer of 1024', () => {
    const empty = emptyImageUploadBytes({ offsetBytes: 100_000, start: null });
    const best = bestUploadData(empty, 1024);
    expect(best / 1397 / (93 / 127)).toBeGreaterThan(0.97);
  });
});
