/**
 * Files that somebody made to do harm, chosen by a technician who can't know: each is refused with a word
 * before the terminal is touched, soon, and nothing of it is left on this computer.
 */
import { readdir } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { faultOf } from '../../../native-bridge/contract/bridge-fault.ts';
import { fullMetadata, makePayload, metadataName, metadataText } from '../../support/make-ota.ts';
import { makeZip, type ZipPart, type ZipShape } from '../../support/make-zip.ts';
import { openStage, type Stage } from './stage.ts';

const MIB = 1024 * 1024;

function ota(more: readonly ZipPart[], shape?: ZipShape): Buffer {
  const metadata = { ...fullMetadata, 'ota-type': 'AB', 'pre-device': 'at900' };
  const parts = [
    { name: metadataName, content: metadataText(metadata) },
    { name: 'payload.bin', content: makePayload() },
  ];
  return makeZip([...parts, ...more], shape);
}

const hostile: readonly [what: string, file: Buffer][] = [
  ['climbs out of its folder', ota([{ name: '../../.bashrc', content: 'x' }])],
  ['writes to the root', ota([{ name: '/etc/passwd', content: 'x' }])],
  ['unpacks to 300 MiB', ota([{ name: 'big', content: Buffer.alloc(300 * MIB), deflate: true }])],
  [
    'says that its metadata unpacks to 4 GiB',
    makeZip([
      { name: metadataName, content: 'x', deflate: true, listed: { sizeBytes: 0xffffffff } },
    ]),
  ],
  [
    'says that its payload is larger than the file',
    ota([
      {
        name: 'care_map.pb',
        content: 'x',
        listed: { sizeBytes: 5 * MIB, compressedBytes: 5 * MIB },
      },
    ]),
  ],
  [
    'has another entry in the same bytes',
    ota([{ name: 'twin', content: 'x', listed: { offsetBytes: 0 } }]),
  ],
  ['tells of a million entries', ota([], { entryCount: 0xffff })],
  ['ends in its middle', ota([]).subarray(0, 700)],
];

/** But for the log. */
async function kept({ dataFolder }: Stage): Promise<string[]> {
  const all = await readdir(dataFolder, { recursive: true });
  return all.filter((name) => name !== 'update.zip' && !name.startsWith('logs'));
}

it(
  'no hostile package gets as far as the terminal, or onto the disk',
  { timeout: 30_000 },
  async () => {
    const stage = await openStage();
    const before = await kept(stage);
    const found: [string, unknown][] = [];
    for (const [what, file] of hostile) {
      const ended = await stage.plan(file).then(
        ({ blockers }) => blockers.map(({ code }) => code),
        (error: unknown) => faultOf(error).code,
      );
      found.push([what, ended]);
    }
    // What is not needed is never unpacked: the rest of that package is judged.
    const bomb = ['unpacks to 300 MiB', ['image-refused', 'ota-older']];
    expect(found).toEqual(
      hostile.map(([what]) => (what === bomb[0] ? bomb : [what, 'package-malformed'])),
    );
    expect(await kept(stage)).toEqual(before);
    expect(stage.terminal.events.filter(({ event }) => event === 'mode')).toEqual([]);
  },
);
