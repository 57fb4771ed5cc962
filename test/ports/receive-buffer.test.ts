import { describe, expect, it } from 'vitest';
import { ReceiveBuffer } from '../../native-bridge/ports/receive-buffer.ts';
import { portFault } from '../support/port-faults.ts';

describe('what came when nobody waited any more', () => {
  async function cancelledAsItCame(): Promise<ReceiveBuffer> {
    const buffer = new ReceiveBuffer('x', () => undefined);
    const cancel = new AbortController();
    const reading = portFault(buffer.read({ timeoutMs: 1000, signal: cancel.signal }));
    buffer.push(Uint8Array.of(1));
    cancel.abort();
    expect((await reading).code).toBe('cancelled');
    return buffer;
  }

  it('is what the next read gets', async () => {
    const buffer = await cancelledAsItCame();
    expect(await buffer.read({ timeoutMs: 1000 })).toEqual(Uint8Array.of(1));
  });

  it('is dropped with the rest when the port is closed', async () => {
    const buffer = new ReceiveBuffer('x', () => undefined);
    const cancel = new AbortController();
    const reading = portFault(buffer.read({ timeoutMs: 1000, signal: cancel.signal }));
    buffer.push(Uint8Array.of(1));
    cancel.abort();
    buffer.end(null);
    await reading;
    expect(await buffer.read({ timeoutMs: 1000 })).toBeNull();
  });
});
