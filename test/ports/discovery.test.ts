import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type DiscoverySources,
  listPorts,
  watchPorts,
} from '../../native-bridge/ports/discovery.ts';
import { listUsbDevices } from '../../native-bridge/ports/usb-devices.ts';

/** A machine of files: device nodes that are no devices, and what /sys says of them. */
class FakeMachine {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'machine-')));
  readonly sources: DiscoverySources;

  constructor(platform: NodeJS.Platform) {
    this.write('dev/null', '');
    this.sources = {
      listSystem: () => Promise.reject(new Error('spawn udevadm ENOENT')),
      listUsb: listUsbDevices,
      timeoutMs: 1000,
      devFolder: join(this.root, 'dev'),
      sysFolder: join(this.root, 'sys'),
      platform,
    };
  }

  write(path: string, text: string): void {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  node(name: string): void {
    this.write(`dev/${name}`, '');
  }

  unplug(name: string): void {
    rmSync(join(this.root, 'dev', name));
  }

  /** /sys/bus/usb/devices/PLACE, and a folder beside it for each interface. */
  usbDevice(
    place: string,
    facts: Readonly<Record<string, string>>,
    interfaces: readonly string[],
  ): void {
    const folder = `sys/bus/usb/devices/${place}`;
    for (const [file, text] of Object.entries(facts)) this.write(`${folder}/${file}`, `${text}\n`);
    for (const [index, match] of interfaces.entries()) {
      this.write(`${folder}:1.${index}/modalias`, `usb:v2FB8p2205d0100dc00dsc00dp00${match}in00\n`);
    }
  }

  /** /sys/class/tty/NAME/device → the interface, whose parent is the USB device. */
  usb(name: string, facts: Readonly<Record<string, string>>, place = `1-${name}`): void {
    const device = `sys/devices/pci0/usb1/${place}`;
    for (const [file, text] of Object.entries(facts)) this.write(`${device}/${file}`, `${text}\n`);
    this.write(`${device}/${place}:1.0/${name}/dev`, '');
    mkdirSync(join(this.root, 'sys/class/tty', name), { recursive: true });
    symlinkSync(
      join(this.root, `${device}/${place}:1.0/${name}`),
      join(this.root, 'sys/class/tty', name, 'device'),
    );
  }
}

describe('the list of ports', () => {
  let machine: FakeMachine;
  beforeEach(() => {
    machine = new FakeMachine('linux');
  });
  afterEach(() => rmSync(machine.root, { recursive: true }));

  const paths = async (sources: DiscoverySources): Promise<string[]> =>
    (await listPorts(sources)).ports.map(({ path }) => path.slice(machine.root.length));

  it('falls back to the tty nodes without a device database', async () => {
    for (const name of ['ttyUSB10', 'ttyUSB2', 'ttyACM0', 'tty1', 'ttyGS0', 'ptmx', 'ttyAMA0']) {
      machine.node(name);
    }
    expect(await paths(machine.sources)).toEqual([
      '/dev/ttyACM0',
      '/dev/ttyAMA0',
      '/dev/ttyUSB2',
      '/dev/ttyUSB10',
    ]);
    expect((await listPorts(machine.sources)).listedBy).toBe('tty-nodes');
  });

  it('leaves out built-in ports without a chip, whoever lists them', async () => {
    machine.node('ttyS0');
    machine.node('ttyS4');
    machine.write('sys/class/tty/ttyS0/type', '4\n');
    machine.write('sys/class/tty/ttyS4/type', '0\n');
    expect(await paths(machine.sources)).toEqual(['/dev/ttyS0']);
    const listSystem = (): Promise<{ path: string }[]> =>
      Promise.resolve([{ path: '/dev/ttyS4' }, { path: '/dev/ttyS0' }]);
    const list = await listPorts({ ...machine.sources, listSystem });
    expect(list).toMatchObject({ listedBy: 'system', ports: [{ path: '/dev/ttyS0' }] });
    expect(list.ports).toHaveLength(1);
  });

  it('knows the USB device behind a node without a device database', async () => {
    machine.node('ttyACM0');
    machine.usb('ttyACM0', {
      idVendor: '2FE3',
      idProduct: '0100',
      manufacturer: 'ZEPHYR',
      serial: 'CB2025030017',
    });
    expect((await listPorts(machine.sources)).ports).toEqual([
      {
        url: `serial://${machine.root}/dev/ttyACM0`,
        path: `${machine.root}/dev/ttyACM0`,
        kind: 'serial',
        door: null,
        deviceId: '1-ttyACM0',
        manufacturer: 'ZEPHYR',
        product: null,
        serialNumber: 'CB2025030017',
        vendorId: '2fe3',
        productId: '0100',
      },
    ]);
  });

  it('lists a USB device with an ADB interface, and its serial port as a door of the same device', async () => {
    machine.node('ttyACM0');
    const facts = { idVendor: '2fb8', idProduct: '2205', product: 'P2', serial: 'P2-0815' };
    machine.usb('ttyACM0', facts, '1-1.4');
    machine.usbDevice('1-1.4', facts, ['ic02isc02ip01', 'icFFisc42ip01']);
    machine.usbDevice('1-2', { idVendor: '046d', idProduct: 'c31c' }, ['ic03isc01ip01']);
    machine.usbDevice('1-3', { idVendor: '3fd1', idProduct: '4ee0' }, ['icFFisc42ip03']);
    const { ports } = await listPorts(machine.sources);
    expect(ports.map(({ url, door, deviceId, product }) => [url, door, deviceId, product])).toEqual(
      [
        [`serial://${machine.root}/dev/ttyACM0`, null, '1-1.4', 'P2'],
        ['usb://2fb8:2205/P2-0815', 'adb', '1-1.4', 'P2'],
        ['usb://3fd1:4ee0/@1-3', 'fastboot', '1-3', null],
      ],
    );
  });

  it('names USB devices with the same serial number by their places', async () => {
    const facts = { idVendor: '2fb8', idProduct: '2205', serial: 'CLONE' };
    machine.usbDevice('1-1', facts, ['icFFisc42ip01']);
    machine.usbDevice('2-1', facts, ['icFFisc42ip01']);
    const { ports } = await listPorts(machine.sources);
    expect(ports.map(({ url, serialNumber }) => [url, serialNumber])).toEqual([
      ['usb://2fb8:2205/@1-1', null],
      ['usb://2fb8:2205/@2-1', null],
    ]);
  });

  it('lists no USB device on a machine without USB', async () => {
    const { ports } = await listPorts({
      ...machine.sources,
      sysFolder: join(machine.root, 'none'),
    });
    expect(ports).toEqual([]);
  });

  it.each(['with', 'without'])(
    '%s a device database, a serial number that two devices show is nobody’s',
    async (database) => {
      const facts = { idVendor: '1209', idProduct: '0001', serial: 'CLONE' };
      const names = ['ttyACM0', 'ttyACM1', 'ttyACM2'];
      for (const name of names) machine.node(name);
      machine.usb('ttyACM0', facts);
      machine.usb('ttyACM1', facts);
      machine.usb('ttyACM2', { ...facts, serial: 'OWN' });
      const listed = names.map((name) => {
        const serialNumber = name === 'ttyACM2' ? 'OWN' : 'CLONE';
        return { path: `${machine.sources.devFolder}/${name}`, serialNumber };
      });
      const listSystem = () => Promise.resolve(listed);
      const sources = { ...machine.sources, ...(database === 'with' && { listSystem }) };
      const { ports } = await listPorts(sources);
      expect(ports.map(({ serialNumber }) => serialNumber)).toEqual([null, null, 'OWN']);
    },
  );

  it('two ports of one device share its serial number', async () => {
    const listSystem = () =>
      Promise.resolve([
        { path: '/dev/cu.usbmodem1', serialNumber: 'ONE', locationId: '00100000' },
        { path: '/dev/cu.usbmodem3', serialNumber: 'ONE', locationId: '00100000' },
      ]);
    const { ports } = await listPorts({ ...machine.sources, platform: 'darwin', listSystem });
    expect(ports.map(({ serialNumber }) => serialNumber)).toEqual(['ONE', 'ONE']);
  });

  it('takes what the database says, in one shape', async () => {
    const listSystem = (): Promise<DiscoverySourcesList> =>
      Promise.resolve([
        { path: 'COM7', vendorId: '1A86', productId: '7523', manufacturer: 'wch.cn' },
        { path: 'COM3' },
      ]);
    const list = await listPorts({ ...machine.sources, platform: 'win32', listSystem });
    expect(list.ports.map(({ url, vendorId }) => [url, vendorId])).toEqual([
      ['serial://COM3', null],
      ['serial://COM7', '1a86'],
    ]);
  });

  it('on macOS places a serial port where libusb places its device', async () => {
    const listSystem = (): Promise<DiscoverySourcesList> =>
      Promise.resolve([
        { path: '/dev/cu.usbmodem14233', serialNumber: 'P2-0815', locationId: '14230000' },
      ]);
    const facts = { vendorId: '2fb8', productId: '2205', manufacturer: null, product: null };
    const device = { ...facts, serialNumber: 'P2-0815', place: '20-2.3', door: 'adb' as const };
    const listUsb = () => Promise.resolve([device]);
    const sources = { ...machine.sources, platform: 'darwin' as const, listSystem, listUsb };
    const { ports } = await listPorts(sources);
    expect(ports.map(({ deviceId, serialNumber }) => [deviceId, serialNumber])).toEqual([
      ['20-2.3', 'P2-0815'],
      ['20-2.3', 'P2-0815'],
    ]);
  });

  it('names the call-out node on macOS', async () => {
    const listSystem = (): Promise<DiscoverySourcesList> =>
      Promise.resolve([{ path: '/dev/tty.usbserial-1' }]);
    const list = await listPorts({ ...machine.sources, platform: 'darwin', listSystem });
    expect(list.ports[0]?.path).toBe('/dev/cu.usbserial-1');
  });

  it('does not wait for a database that hangs', async () => {
    machine.node('ttyUSB0');
    const listSystem = (): Promise<never> => new Promise(() => undefined);
    const list = await listPorts({ ...machine.sources, listSystem, timeoutMs: 20 });
    expect(list).toMatchObject({ listedBy: 'tty-nodes', ports: [{}] });
  });

  it('of this machine can be had', async () => {
    const list = await listPorts();
    for (const { path, url } of list.ports) expect(url).toContain(path);
  });
});

type DiscoverySourcesList = Awaited<ReturnType<DiscoverySources['listSystem']>>;

describe('watching the ports', () => {
  let machine: FakeMachine;
  const abort = new AbortController();
  beforeEach(() => {
    machine = new FakeMachine('linux');
  });
  afterEach(() => rmSync(machine.root, { recursive: true }));

  it('tells what there is, then every change, and ends with its signal', async () => {
    machine.node('ttyUSB0');
    const seen: string[][] = [];
    for await (const { ports } of watchPorts(
      { signal: abort.signal, intervalMs: 5 },
      machine.sources,
    )) {
      seen.push(ports.map(({ path }) => path.split('/').at(-1) ?? ''));
      if (seen.length === 1) machine.node('ttyACM0');
      if (seen.length === 2) machine.unplug('ttyUSB0');
      if (seen.length === 3) abort.abort();
    }
    expect(seen).toEqual([['ttyUSB0'], ['ttyACM0', 'ttyUSB0'], ['ttyACM0']]);
  });

  it('tells of a USB device without a serial port, and of another one in its place', async () => {
    const stop = new AbortController();
    const seen: string[][] = [];
    const plug = (productId: string) =>
      machine.usbDevice('1-1', { idVendor: '2fb8', idProduct: productId }, ['icFFisc42ip01']);
    const unplug = () =>
      rmSync(join(machine.root, 'sys/bus/usb/devices'), { recursive: true, force: true });
    const watching = watchPorts({ signal: stop.signal, intervalMs: 5 }, machine.sources);
    for await (const { ports } of watching) {
      seen.push(ports.map(({ url }) => url));
      if (seen.length === 1) plug('2205');
      if (seen.length === 2) unplug();
      if (seen.length === 3) plug('d00d');
      if (seen.length === 4) stop.abort();
    }
    expect(seen).toEqual([[], ['usb://2fb8:2205/@1-1'], [], ['usb://2fb8:d00d/@1-1']]);
  });

  it('tells what came and went while the database is still to answer', async () => {
    let asked = 0;
    const late = new Promise<DiscoverySourcesList>(() => undefined);
    const listSystem = (): Promise<DiscoverySourcesList> =>
      asked++ === 0 ? Promise.resolve([]) : late;
    const stop = new AbortController();
    const seen: string[][] = [];
    const watching = watchPorts(
      { signal: stop.signal, intervalMs: 5 },
      { ...machine.sources, listSystem, timeoutMs: 60_000 },
    );
    for await (const { ports } of watching) {
      seen.push(ports.map(({ path }) => path.split('/').at(-1) ?? ''));
      if (seen.length === 1) machine.node('ttyACM0');
      if (seen.length === 2) machine.unplug('ttyACM0');
      if (seen.length === 3) stop.abort();
    }
    expect(seen).toEqual([[], ['ttyACM0'], []]);
  });

  it('asks the database only when something moved', async () => {
    let asked = 0;
    const stop = new AbortController();
    const looks = { count: 0 };
    const listSystem = (): Promise<DiscoverySourcesList> => {
      asked++;
      return Promise.resolve([]);
    };
    const watching = watchPorts(
      { signal: stop.signal, intervalMs: 1 },
      { ...machine.sources, listSystem },
    );
    const ended = (async () => {
      for await (const _list of watching) looks.count++;
    })();
    await expect.poll(() => asked).toBeGreaterThanOrEqual(2);
    const afterSettling = asked;
    await new Promise((resolve) => setTimeout(resolve, 60));
    stop.abort();
    await ended;
    expect([looks.count, asked - afterSettling <= 1]).toEqual([1, true]);
  });
});
