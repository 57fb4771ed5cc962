/**
 * Whole updates, as recorded between real devices and a client not written here, replayed against
 * the simulator: the images that were uploaded then are uploaded now, and every reply of the image
 * group must be the recorded one but for the firmware that was there before.
 */
import { expect, test } from 'vitest';
import { type Fields, type Reply } from './frames.ts';
import { type Host } from './host.ts';
import { simulate } from './simulate.ts';
import { exchanges, type Exchange } from './recordings.ts';

interface Image {
  readonly slot: number;
  readonly version: string;
  readonly hash: Uint8Array;
  readonly [flag: string]: unknown;
}

/** Versions and hashes of what was uploaded are compared, those of what was there are not. */
function comparable(body: Fields, uploaded: ReadonlySet<string>): unknown {
  if (!Array.isArray(body['images'])) return body;
  const images = (body['images'] as Image[]).map(({ version, hash, ...flags }) => ({
    ...flags,
    version: uploaded.has(version) ? version : 'before',
    hash: uploaded.has(version) ? Buffer.from(hash).toString('hex') : 'before',
  }));
  return { ...body, images };
}

function isReset(request: Reply): boolean {
  return request.group === 0 && request.command === 5;
}

async function afterRestart(host: Host, ask: () => Promise<Reply | null>): Promise<Reply | null> {
  let reply: Reply | null = null;
  await host.restart(async () => (reply = await ask()));
  return reply;
}

async function replay(
  host: Host,
  recorded: readonly Exchange[],
  uploaded: ReadonlySet<string>,
  expected: (reply: Reply) => Fields = (reply) => reply.body,
): Promise<void> {
  for (const { wire, request, reply } of recorded) {
    if (Buffer.isBuffer(reply)) throw new Error('no CBOR in the recording');
    const answered = async (): Promise<Reply | null> => {
      host.send(wire);
      return host.reply();
    };
    const ours = await (isReset(request) ? afterRestart(host, answered) : answered());
    const where = `request ${request.sequence} of group ${request.group}`;
    expect(ours?.sequence, where).toBe(request.sequence);
    expect(comparable(ours?.body ?? {}, uploaded), where).toEqual(
      comparable(expected(reply), uploaded),
    );
  }
}

const quick = ['--swap-ms', '50', '--boot-ms', '20', '--flash-write-ms', '0'];

test('upload, test and restart on Zephyr 3.5: the same offsets and flags', async () => {
  const simulated = await simulate(quick);
  const host = await simulated.connect();
  const recorded = exchanges('zephyr-3.5-upload-test-reset.jsonl');
  await replay(host, recorded, new Set(['1.1.0.5']));
});

/** The recorded Zephyr 4.4 was built without the check that gives `match`. */
function withMatch(reply: Reply): Fields {
  const last = reply.body['off'] === 49_692 && Object.keys(reply.body).length === 1;
  return last ? { off: 49_692, match: true } : reply.body;
}

const smallBoard = [
  '--buf-size',
  '384',
  '--slot-size',
  '106496',
  '--bootloader-mode',
  'swap-offset',
];

test('swap and confirm behind MCUboot on Zephyr 4.4: the same flags throughout', async () => {
  const simulated = await simulate([...quick, ...smallBoard, '--faults', 'firmware-old']);
  const host = await simulated.connect();
  const recorded = exchanges('zephyr-4.4-mcuboot-swap-confirm.jsonl');
  expect(recorded.length).toBeGreaterThan(230);
  await replay(host, recorded, new Set(['2.0.0']), withMatch);
});

test('swap, restart without a confirm and erase on Zephyr 4.4: the same flags throughout', async () => {
  const simulated = await simulate([...quick, ...smallBoard]);
  const host = await simulated.connect();
  const recorded = exchanges('zephyr-4.4-mcuboot-swap-revert.jsonl');
  await replay(host, recorded, new Set(['3.0.0']), withMatch);
});
