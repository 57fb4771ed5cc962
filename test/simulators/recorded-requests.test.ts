import { expect, test } from 'vitest';
import { type Fields } from './frames.ts';
import { simulate } from './simulate.ts';
import { exchanges } from './recordings.ts';

/**
 * What our terminal answers otherwise than the recorded one, and why. Everything else has the same
 * header, the same fields of the same types, and the same error.
 */
const differs = new Map([
  ['0/2', 'our build also counts stacks (stkuse, stksiz)'],
  ['0/4', 'our clock is set; the recorded one never was'],
  ['1/6', 'slot information came with a later Zephyr'],
  ['2/0', 'other statistics groups; a missing one is named by the right group since Zephyr 4'],
  ['10/0', 'enumeration was not built into the recorded one'],
  ['10/1', 'as above'],
  ['10/2', 'as above'],
  ['10/3', 'as above'],
]);

/** Keys and types; numbers that say what went wrong are kept as they are. */
function shape(value: unknown, key = ''): unknown {
  if (key === 'rc' || key === 'err' || key === 'ret') return value;
  if (value instanceof Uint8Array) return 'bytes';
  if (Array.isArray(value)) return [...new Set(value.map((item) => JSON.stringify(shape(item))))];
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, shape(item, name)]));
}

test('answers the requests of a recorded Zephyr in the same shape', async () => {
  const simulated = await simulate();
  const host = await simulated.connect();
  const recorded = exchanges('zephyr-3.5-groups.jsonl');
  expect(recorded.length).toBe(75);
  const seen = new Set<string>();
  for (const { wire, request, reply } of recorded) {
    const where = `${request.group}/${request.command}`;
    host.send(wire);
    const ours = await host.reply();
    if (ours === null) throw new Error(`no reply to ${where}`);
    expect({ ...ours, body: null, atMs: 0 }, where).toEqual({
      op: request.op + 1,
      group: request.group,
      sequence: request.sequence,
      command: request.command,
      body: null,
      atMs: 0,
    });
    if (differs.has(where)) {
      seen.add(where);
      continue;
    }
    if (Buffer.isBuffer(reply)) throw new Error(`no CBOR in the recorded reply to ${where}`);
    expect(shape(ours.body), where).toEqual(shape(reply.body));
  }
  expect([...seen].sort()).toEqual([...differs.keys()].sort());
});

test('answers the deviating commands as the specification has them', async () => {
  const host = await (await simulate()).connect();
  const missing: Fields = { name: 'nope' };
  expect(await host.ask(0, 2, 0, missing)).toEqual({ err: { group: 2, rc: 2 } });
  expect(await host.ask(0, 2, 0, missing, 1)).toEqual({ rc: 5 });
  expect(await host.ask(0, 1, 6)).toEqual({
    images: [
      {
        image: 0,
        slots: [
          { slot: 0, size: 0x80000 },
          { slot: 1, size: 0x80000, upload_image_id: 0 },
        ],
      },
    ],
  });
  expect(await host.ask(0, 10, 0)).toEqual({ count: 8 });
  expect(await host.ask(0, 10, 1)).toEqual({ groups: [0, 1, 2, 3, 8, 9, 10, 63] });
  expect(await host.ask(0, 10, 2, { index: 7 })).toEqual({ group: 63, end: true });
  expect(await host.ask(0, 10, 2, { index: 8 })).toEqual({ err: { group: 10, rc: 4 } });
  const { tasks } = await host.ask(0, 0, 2);
  expect(Object.values(tasks as object)).toContainEqual(
    expect.objectContaining({ prio: 3, tid: 1, state: 128 }),
  );
});

test('writes maps and lists of indefinite length, as Zephyr does', async () => {
  const simulated = await simulate();
  const host = await simulated.connect();
  await host.ask(0, 0, 6);
  const line = Buffer.from(host.received, 'hex').toString('latin1').split('\u0006\u0009')[1] ?? '';
  const raw = Buffer.from(line.trim(), 'base64');
  const recorded = exchanges('zephyr-3.5-groups.jsonl').find(
    ({ request }) => request.group === 0 && request.command === 6,
  );
  expect(recorded).toBeDefined();
  expect(raw.subarray(10, -2).toString('hex')).toBe(
    'bf686275665f73697a65190400696275665f636f756e7404ff',
  );
});
