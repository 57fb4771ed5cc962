/** A terminal that is taken up again, and whose boot loader could not be looked for: what was cut off is settled all the same. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Progress } from '../../../native-bridge/contract/requests.ts';
import type { Terminal } from '../../../native-bridge/contract/terminal.ts';
import { VirtualBench } from '../../support/virtual-bench.ts';

const changes = [
  { key: 'payment.terminalNumber', value: '77777777' },
  { key: 'qr.validitySeconds', value: '61' },
];
/** Of its images: the box is asked once when it is connected, twice as it comes back. */
const look = 3;

interface Window {
  newest: Terminal | undefined;
  open: () => void;
  close: () => void;
}

/** A correction is cut off by its cable; `atLook` is told each look at the images since. */
async function cutAndBack(atLook: (nth: number, window: Window) => boolean): Promise<Terminal> {
  const bench = new VirtualBench();
  onTestFinished(() => bench.end());
  const box = await bench.box('a', { slotSize: 0x80000 });
  const { bridge } = await bench.start();
  const work = async () => {
    const { id: terminalId } = await bridge.request('connect', { portUrl: box.url });
    const window = watching();
    window.open();
    let written = 0;
    let looks = 0;
    bench.tap(box.url, ({ header: { group, id, operation } }) => {
      if (group === 3 && id === 0 && operation === 'write' && ++written === 2) {
        void box.simulator.pull();
        return true;
      }
      return group === 1 && id === 0 && operation === 'read' && atLook(++looks, window);
    });
    const cut = await bridge.request('applySettings', { terminalId, changes });
    expect(cut.outcome).toBe('partly-applied');
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await box.simulator.plug();
    await new Promise((resolve) => setTimeout(resolve, 60_000));
    window.close();
    if (!window.newest) throw new Error('the terminal is not shown');
    return window.newest;
  };
  function watching(): Window {
    let stop = new AbortController();
    const window: Window = {
      newest: undefined,
      open: () => {
        stop = new AbortController();
        const onProgress = ({ terminals }: Progress<'watchTerminals'>) => {
          window.newest = terminals[0];
        };
        const watch = { signal: stop.signal, onProgress };
        bridge.request('watchTerminals', {}, watch).catch(() => undefined);
      },
      close: () => {
        stop.abort();
      },
    };
    return window;
  }
  return await bench.time.run(work());
}

const settled = { connected: true, unfinished: { state: 'settled' } };

describe('a correction whose terminal is back', () => {
  it('is settled though every sending of the look for a boot loader is lost', async () => {
    const lost = (nth: number) => nth >= look && nth < look + 3;
    expect(await cutAndBack(lost)).toMatchObject(settled);
  });

  it('is settled though the window reloads during that look', async () => {
    const reloads = (nth: number, { close, open }: Window) => {
      if (nth !== look) return false;
      close();
      setTimeout(open, 300);
      return false;
    };
    expect(await cutAndBack(reloads)).toMatchObject(settled);
  });
});
