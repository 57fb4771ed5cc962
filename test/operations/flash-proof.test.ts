/** A flash is done only when the new image itself is seen confirmed. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SmpMessage } from '../../native-bridge/protocols/smp/command.ts';
import { trainingFirmware } from '../../native-bridge/operations/entry-points.ts';
import { VirtualBench, type PluggedBox, type Program } from '../support/virtual-bench.ts';

const impatient = fileURLToPath(new URL('../fixtures/profiles/short-swap.yaml', import.meta.url));
const firmware = readFileSync(trainingFirmware('codebox-1.9.9-older.bin'));

interface Due extends PluggedBox {
  readonly bench: VirtualBench;
  readonly bridge: Program['bridge'];
}

/** A code box that is due its update. */
async function dueBox(): Promise<Due> {
  const bench = new VirtualBench();
  onTestFinished(() => bench.end());
  const box = await bench.box('due', { firmware, slotSize: 0x80000 });
  const { bridge } = await bench.start();
  return { ...box, bench, bridge };
}

async function update({ bench, bridge }: Due): Promise<string> {
  const file = trainingFirmware('codebox-2.0.0.bin');
  return (await bench.time.run(bridge.registerFile(file))).fileId;
}

async function flashOver(tap: (request: SmpMessage, box: Due['simulator']) => boolean) {
  const due = await dueBox();
  const { bench, bridge, url, simulator } = due;
  const { time } = bench;
  const { fileId: profileFileId } = await time.run(bridge.registerFile(impatient));
  const { id } = await time.run(bridge.request('connect', { portUrl: url, profileFileId }));
  const asked = { terminalId: id, fileId: await update(due) };
  const { image } = await time.run(bridge.request('planFlash', asked));
  bench.tap(url, (request) => tap(request, simulator));
  const accepted = { ...asked, acceptedSha256: image.fileSha256 };
  return await time.run(bridge.request('flash', accepted));
}

function isMark({ header, body }: SmpMessage, confirm: boolean): boolean {
  const mark = header.group === 1 && header.id === 0 && header.operation === 'write';
  return mark && (body.get('confirm') === true) === confirm;
}

describe('the plan of a flash', () => {
  it.each([
    ['training-codebox', false],
    ['zephyr-generic', true],
  ])('under the profile %s warns that the model is unproven: %s', async (profile, warns) => {
    const due = await dueBox();
    const { bench, bridge, url: portUrl } = due;
    const { id } = await bench.time.run(bridge.request('connect', { portUrl, profile }));
    const asked = { terminalId: id, fileId: await update(due) };
    const { warnings } = await bench.time.run(bridge.request('planFlash', asked));
    expect(warnings.some(({ code }) => code === 'model-unproven')).toBe(warns);
  });
});

describe('the proof of a flash', () => {
  it('is not the confirmed flag of the old image that came back by itself', async () => {
    let confirms = 0;
    const result = await flashOver((request, box) => {
      if (!isMark(request, true)) return false;
      // The new firmware crashes before it is confirmed: the boot loader goes back.
      confirms++;
      box.reset();
      return true;
    });
    expect(confirms).toBeGreaterThan(0);
    expect(result).toMatchObject({ verdict: 'reverted', runningVersion: '1.9.9' });
  });

  it('needs the serial number: without it nothing is confirmed', async () => {
    let marked = false;
    const result = await flashOver((request) => {
      marked ||= isMark(request, false);
      return marked && request.body.get('name') === 'sys/sn';
    });
    expect(result).toMatchObject({
      verdict: 'unknown',
      state: { key: 'flash_state_unconfirmed' },
      runningVersion: '2.0.0',
      confirmed: false,
    });
  });

  it('is not what the terminal said before it fell silent', async () => {
    let restarted = false;
    let looks = 0;
    const result = await flashOver(({ header }) => {
      // It answers the first look after the reset, still unchanged, and nothing more.
      const isLook = header.group === 1 && header.id === 0 && header.operation === 'read';
      const silent = restarted && looks > 0;
      if (header.group === 0 && header.id === 5) restarted = true;
      if (restarted && isLook) looks++;
      return (header.group === 0 && header.id === 5) || silent;
    });
    expect(result).toMatchObject({ verdict: 'unknown', state: { key: 'flash_state_not_back' } });
  });
});
