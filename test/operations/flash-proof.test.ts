/** A flash is done only when the new image itself is seen confirmed. */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { SmpMessage } from '../../native-bridge/protocols/smp/command.ts';
import { openBench, updateFile } from '../support/bench.ts';
import { TappedLine } from '../support/tapped-line.ts';

const impatient = fileURLToPath(new URL('../fixtures/profiles/short-swap.yaml', import.meta.url));
const waitMs = 60_000;

async function flashOver(tap: (request: SmpMessage, line: TappedLine) => boolean) {
  const bench = await openBench();
  const { bridge } = bench;
  const { portUrl } = await bridge.request('startTraining', { baud: 0 });
  const line = await TappedLine.to(portUrl);
  const profileFileId = (await bridge.registerFile(impatient)).fileId;
  const { id } = await bridge.request('connect', { portUrl: line.url, profileFileId });
  const asked = { terminalId: id, fileId: await updateFile(bench) };
  const { image } = await bridge.request('planFlash', asked);
  line.tap = (request) => tap(request, line);
  return await bridge.request('flash', { ...asked, acceptedSha256: image.fileSha256 });
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
    const bench = await openBench();
    const { portUrl } = await bench.bridge.request('startTraining', { baud: 0 });
    const { id } = await bench.bridge.request('connect', { portUrl, profile });
    const asked = { terminalId: id, fileId: await updateFile(bench) };
    const { warnings } = await bench.bridge.request('planFlash', asked);
    expect(warnings.some(({ code }) => code === 'model-unproven')).toBe(warns);
  });
});

describe('the proof of a flash', () => {
  it(
    'is not the confirmed flag of the old image that came back by itself',
    async () => {
      const result = await flashOver((request, line) => {
        if (!isMark(request, true)) return false;
        // The new firmware crashes before it is confirmed: the boot loader goes back.
        line.reset();
        return true;
      });
      expect(result).toMatchObject({ verdict: 'reverted', runningVersion: '1.9.9' });
    },
    waitMs,
  );

  it(
    'needs the serial number: without it nothing is confirmed',
    async () => {
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
    },
    waitMs,
  );

  it(
    'is not what the terminal said before it fell silent',
    async () => {
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
    },
    waitMs,
  );
});
