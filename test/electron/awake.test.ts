/** For whom the computer stays awake: whoever changes a terminal, asked for or not. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type { FlashResult } from '../../native-bridge/contract/firmware.ts';
import { makeImage } from '../../native-bridge/simulators/codebox/boot/make-image.ts';
import { VirtualBench, type Program } from '../support/virtual-bench.ts';

const profile = fileURLToPath(new URL('../fixtures/profiles/quick-flash.yaml', import.meta.url));
const image = (major: number, bytes: number) =>
  makeImage({ major, minor: 0, revision: 0, build: 0 }, bytes);

/** A terminal on the bench, connected by a program that says when it is busy. */
async function openBench() {
  const bench = new VirtualBench();
  onTestFinished(() => bench.end());
  const { url } = await bench.box('a', { firmware: image(1, 5_000), slotSize: 0x8000 });
  const connect = async () => {
    const program = await bench.start();
    const heard: boolean[] = [];
    program.bridge.watchChanging((changing) => heard.push(changing));
    const { fileId } = await program.bridge.registerFile(profile);
    const asked = { portUrl: url, profileFileId: fileId };
    const terminal = await bench.time.run(program.bridge.request('connect', asked));
    return { ...program, heard, terminal, terminalId: terminal.id };
  };
  return { bench, connect };
}

async function flash(
  { bench }: { bench: VirtualBench },
  { bridge, terminalId }: Pick<Program, 'bridge'> & { terminalId: string },
  onProgress: (phase: string) => void = () => undefined,
): Promise<FlashResult> {
  const file = join(bench.dataFolder, 'update.bin');
  writeFileSync(file, image(2, 6_000));
  const { fileId } = await bridge.registerFile(file);
  const plan = await bench.time.run(bridge.request('planFlash', { terminalId, fileId }));
  const accepted = {
    terminalId,
    fileId,
    acceptedSha256: plan.image.fileSha256,
    allow: plan.blockers.map(({ code }) => code),
  };
  return await bridge.request('flash', accepted, {
    onProgress: ({ phase }) => onProgress(phase),
  });
}

test('reading keeps nobody awake; a correction does, from its beginning to its end', async () => {
  const { bench, connect } = await openBench();
  const { bridge, heard, terminalId } = await connect();
  await bench.time.run(bridge.request('readTerminal', { terminalId }));
  const { rows } = await bench.time.run(bridge.request('readSettings', { terminalId }));
  expect(heard).toEqual([]);
  const key = rows.find(({ secret }) => !secret)?.key ?? '';
  const changes = [{ key, value: rows.find((row) => row.key === key)?.current ?? '' }];
  await bench.time.run(bridge.request('applySettings', { terminalId, changes }));
  expect(heard).toEqual([true, false]);
});

test('a flash keeps it awake until it ends, and so does what a later visit settles of it', async () => {
  const { bench, connect } = await openBench();
  const first = await connect();
  let killed = false;
  const kill = (phase: string) => {
    if (phase !== 'reidentify' || killed) return;
    killed = true;
    void first.kill();
  };
  await bench.time.run(
    Promise.race([
      flash({ bench }, first, kill),
      new Promise((resolve) => setTimeout(resolve, 60_000)),
    ]),
  );
  expect(first.heard).toEqual([true]);

  const second = await connect();
  expect(second.terminal.settledFlash?.verdict).toBe('done-late');
  expect(second.heard).toEqual([true, false]);
});
