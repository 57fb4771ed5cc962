/** A terminal that comes back from a flash under another name. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bridge } from '../../../native-bridge/bridge.ts';
import type { Terminal } from '../../../native-bridge/contract/terminal.ts';
import { CodeBox, codeBoxStrings } from './code-box.ts';
import { flash } from './flash.ts';
import { Gadget } from './gadget.ts';
import { test, type Trial } from './harness.ts';
import { openBridge } from './product.ts';
import { image, vendorKey } from './vendor.ts';

test('a terminal whose name another one took while it restarted is found under its new one, as another USB product, and the flash is proven', async (trial) => {
  const bridge = await openBridge(trial);
  const options = ['--firmware', image('1.0.0'), '--key', vendorKey, '--swap-ms', '1500'];
  const box = await CodeBox.start(trial, { options });
  const before = await box.tty();
  const other = new Gadget('other', 1, { ...codeBoxStrings, serialNumber: 'CB-OTHER' });
  trial.defer(() => other.remove());
  box.whileAway = () => {
    box.gadget.productId = '0002';
    return takeName(trial, other, before);
  };
  const result = await flash(bridge, box, '1.1.0');
  assert.equal(other.hostTty(), before);
  const after = await box.tty();
  assert.notEqual(after, before);
  assert.deepEqual(
    [result.verdict, result.runningVersion, result.confirmed],
    ['done', '1.1.0', true],
  );
  const kept = await bridge.request('getCase', { caseId: result.caseId });
  trial.note(JSON.stringify(kept));
  const said = kept.events.filter((event) => event.kind === 'flash').at(-1);
  assert.deepEqual([said?.flash.verdict, said?.flash.confirmed], ['done', true]);
  assert.equal(kept.identity?.serialNumber, codeBoxStrings.serialNumber);
  const moved = (await connected(bridge)).find(({ id }) => id === result.terminalId);
  assert.equal(moved?.portUrl, `serial://${after}`);
  const { ports } = await bridge.request('listPorts', {});
  assert.equal(ports.find(({ path }) => path === after)?.productId, '0002');
});

async function connected(bridge: Bridge): Promise<readonly Terminal[]> {
  const stop = new AbortController();
  try {
    return await new Promise((resolve, reject) => {
      const options = {
        signal: stop.signal,
        onProgress: ({ terminals }: { terminals: readonly Terminal[] }) => resolve(terminals),
      };
      bridge.request('watchTerminals', {}, options).catch(reject);
    });
  } finally {
    stop.abort();
  }
}

/** The name is free when the program that had it open has let go of it. */
async function takeName(trial: Trial, other: Gadget, name: string): Promise<void> {
  for (;;) {
    other.plug();
    const given = await other.appeared();
    if (given === name) return;
    trial.note(`${name} still taken: ${given}`);
    other.unplug();
    await sleep(200);
  }
}
