/** Ports that are to be left alone: not listed, known again, and brought back. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { createBridge, type Bridge } from '../../native-bridge/bridge.ts';
import type { DiscoveredPort } from '../../native-bridge/ports/discovery.ts';
import { temporaryFolder } from '../records/support.ts';

const lathe: DiscoveredPort = {
  url: 'serial:///dev/ttyUSB0',
  kind: 'serial',
  door: null,
  path: '/dev/ttyUSB0',
  deviceId: '1-4',
  manufacturer: 'FTDI',
  product: 'Lathe',
  serialNumber: 'L-1',
  vendorId: '0403',
  productId: '6001',
} as unknown as DiscoveredPort;
const moved = { ...lathe, url: 'serial:///dev/ttyUSB3', path: '/dev/ttyUSB3', deviceId: '1-9' };
const other = { ...lathe, url: 'serial:///dev/ttyUSB1', path: '/dev/ttyUSB1', serialNumber: 'L-2' };
const plain = {
  ...lathe,
  ...{ url: 'serial:///dev/ttyS0', path: '/dev/ttyS0', deviceId: null, product: null },
  ...{ manufacturer: null, serialNumber: null, vendorId: null, productId: null },
};

async function benchWith(ports: DiscoveredPort[], dataFolder = temporaryFolder()) {
  const discoverPorts = () => Promise.resolve({ ports: [...ports], listedBy: 'system' as const });
  const bridge = await createBridge({ dataFolder, program: 'cli' }, { discoverPorts });
  onTestFinished(() => bridge.close());
  return { bridge, dataFolder };
}

async function paths(bridge: Bridge, all = false): Promise<string[]> {
  return (await bridge.request('listPorts', { all })).ports.map(({ path }) => path);
}

describe('a port that is to be left alone', () => {
  it('is not listed, but where all are asked for, and then says so', async () => {
    const { bridge } = await benchWith([lathe, other, plain]);
    await bridge.request('ignorePort', { portUrl: lathe.url });
    expect(await paths(bridge)).toEqual([other.path, plain.path]);
    const { ports } = await bridge.request('listPorts', { all: true });
    expect(ports.map(({ path, ignored }) => [path, ignored ?? false])).toEqual([
      [lathe.path, true],
      [other.path, false],
      [plain.path, false],
    ]);
  });

  it('is known again on another socket, after a new start', async () => {
    const now = [lathe, other];
    const first = await benchWith(now);
    await first.bridge.request('ignorePort', { portUrl: lathe.path });
    await first.bridge.close();
    const { bridge } = await benchWith([moved, other], first.dataFolder);
    expect(await paths(bridge)).toEqual([other.path]);
    expect(await bridge.request('listIgnoredPorts', {})).toMatchObject({
      ports: [{ name: 'Lathe', path: lathe.path }],
    });
  });

  it('without a number is known by its name alone, so that another beside it stays', async () => {
    const { bridge } = await benchWith([
      plain,
      { ...plain, url: 'serial:///dev/ttyS1', path: '/dev/ttyS1' },
    ]);
    await bridge.request('ignorePort', { portUrl: plain.url });
    expect(await paths(bridge)).toEqual(['/dev/ttyS1']);
  });

  it('comes back by its key, and by the name it had', async () => {
    const { bridge } = await benchWith([lathe, plain]);
    for (const { url } of [lathe, plain]) await bridge.request('ignorePort', { portUrl: url });
    expect(await paths(bridge)).toEqual([]);
    const { ports } = await bridge.request('listIgnoredPorts', {});
    await bridge.request('heedPort', { key: ports[0]?.key ?? '' });
    expect(await paths(bridge)).toEqual([lathe.path]);
    await bridge.request('heedPort', { key: plain.path });
    expect(await paths(bridge)).toEqual([lathe.path, plain.path]);
  });

  it('that is not there is refused: nothing would tell which device is meant', async () => {
    const { bridge } = await benchWith([plain]);
    await expect(
      bridge.request('ignorePort', { portUrl: 'serial:///dev/ttyUSB9' }),
    ).rejects.toMatchObject({
      fault: { code: 'bad-request' },
    });
    expect(await bridge.request('listIgnoredPorts', {})).toEqual({ ports: [] });
  });
});
