/** The small ones: supplies, USB, addresses, storage, time. */
import { describe, expect, it } from 'vitest';
import {
  androidDumps,
  type AndroidDumpName,
} from '../../../native-bridge/protocols/android/index.ts';

const read = (name: AndroidDumpName, ...lines: readonly string[]) =>
  Object.fromEntries(androidDumps[name].parse(lines.join('\n')));

describe('power supplies', () => {
  const supply = (name: string, ...rest: readonly string[]) =>
    [`NAME=${name}`, ...rest].map((line) => `POWER_SUPPLY_${line}`);
  const charges = [
    'CHARGE_FULL=2900000',
    'CHARGE_FULL_DESIGN=3000000',
    'CYCLE_COUNT=212',
    'HEALTH=Good',
  ];

  it("are many: the terminal's battery counts, not the gauge beside it nor the charger", () => {
    const text = [
      ...supply('bms', 'TYPE=BMS', 'CYCLE_COUNT=7'),
      ...supply('battery', 'TYPE=Battery', ...charges),
      ...supply('usb', 'TYPE=USB', 'HEALTH=Overheat'),
    ];
    expect(read('power-supply', ...text)).toEqual({
      cycleCount: '212',
      chargeFullMicroampHours: '2900000',
      designMicroampHours: '3000000',
      health: 'good',
    });
  });

  it('have another name for it, if it is the only battery', () => {
    const pen = supply('pen', 'TYPE=Battery', 'SCOPE=Device', 'CYCLE_COUNT=3');
    const own = supply('BAT0', 'TYPE=Battery', ...charges);
    expect(read('power-supply', ...pen, ...own)).toMatchObject({ cycleCount: '212' });
    const two = [...supply('BAT0', 'TYPE=Battery', ...charges), ...supply('BAT1', 'TYPE=Battery')];
    expect(read('power-supply', ...two)).toMatchObject({ cycleCount: null });
  });

  it('say 0 or an error number for what they do not know, and mAh for µAh', () => {
    const text = supply('battery', 'CYCLE_COUNT=0', 'CHARGE_FULL=-22', 'CHARGE_FULL_DESIGN=3588');
    expect(read('power-supply', ...text)).toEqual({
      cycleCount: null,
      chargeFullMicroampHours: null,
      designMicroampHours: '3588000',
      health: null,
    });
  });
});

describe('dumpsys usb', () => {
  it('is nested since Android 8: the device side counts', () => {
    const text = [
      '{',
      '  device_manager={',
      '    handler={',
      '      connected=true',
      '      configured=false',
      '      kernel_function_list=mtp,adb',
      '    }',
      '  }',
      '  port_manager={',
      '    usb_ports={',
      '      status={',
      '        connected=false',
      '        power_role=sink',
      '        data_role=device',
      '      }',
      '    }',
      '  }',
      '}',
    ];
    expect(read('usb', ...text)).toMatchObject({
      connected: 'true',
      configured: 'false',
      functions: 'mtp,adb',
      powerRole: 'sink',
      hostConnected: null,
    });
  });

  it('is flat before', () => {
    const text = [
      'USB Manager State:',
      '  USB Device State:',
      '    mConnected: true',
      '    mConfigured: true',
      '    Kernel function list: adb',
    ];
    expect(read('usb', ...text)).toMatchObject({
      connected: 'true',
      configured: 'true',
      functions: 'adb',
    });
  });
});

describe('addresses and routes', () => {
  const loopback = [
    '1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue',
    '    inet 127.0.0.1/8 scope host lo',
  ];
  const wlan = (flags: string) => [
    `24: wlan0: <BROADCAST,MULTICAST${flags}> mtu 1500 qdisc mq state UP`,
    '    link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff',
    '    inet6 fe80::1/64 scope link',
    '    inet 10.0.8.20/24 brd 10.0.8.255 scope global wlan0',
    '       valid_lft forever preferred_lft forever',
  ];
  const tunnel = ['30: tun0: <POINTOPOINT,UP> mtu 1400', '    inet 10.9.0.2/32 scope global tun0'];
  const mobile = [
    '31: rmnet_data0@rmnet0: <UP,LOWER_UP> mtu 1500',
    '    inet 100.64.0.9/30 scope global rmnet_data0',
  ];

  it('name the one to the outside', () => {
    expect(read('address', ...loopback, ...wlan(',UP'), ...tunnel)).toEqual({
      address: '10.0.8.20',
    });
    expect(read('address', ...loopback, ...mobile)).toEqual({ address: '100.64.0.9' });
  });

  it('say that there is none, also where one is left on an interface that is down', () => {
    expect(read('address', ...loopback)).toEqual({ address: '' });
    expect(read('address', ...loopback, ...wlan(''))).toEqual({ address: '' });
  });

  it('do not choose between two', () => {
    expect(read('address', ...loopback, ...wlan(',UP'), ...mobile)).toEqual({ address: null });
  });

  it('tell the route in use', () => {
    const got = '192.0.2.1 via 10.0.8.1 dev wlan0 table 1021 src 10.0.8.20 uid 2000 ';
    expect(read('route', got, '    cache')).toEqual({
      gateway: '10.0.8.1',
      interfaceName: 'wlan0',
      sourceAddress: '10.0.8.20',
    });
    expect(read('route', '192.0.2.1 dev rmnet0 table 1005 src 10.66.1.2')).toMatchObject({
      gateway: '',
      interfaceName: 'rmnet0',
    });
    expect(
      read('route', 'default via 10.0.8.1 dev wlan0', 'default via 10.1.0.1 dev eth0'),
    ).toMatchObject({ gateway: null });
    expect(read('route', 'RTNETLINK answers: Network is unreachable')).toMatchObject({
      gateway: null,
    });
  });
});

describe('storage', () => {
  const header = 'Filesystem     1K-blocks    Used Available Use% Mounted on';

  it('is that of /data, or of what was asked for by that name', () => {
    const rows = ['tmpfs 100 1 99 1% /dev', '/dev/block/dm-5 2000 500 1500 25% /data'];
    expect(read('storage', header, ...rows)).toEqual({
      dataFreeBytes: '1536000',
      dataTotalBytes: '2048000',
    });
    expect(read('storage', header, '/dev/fuse 2000 500 1500 25% /data/user/0')).toMatchObject({
      dataFreeBytes: '1536000',
    });
  });

  it('is unknown where sizes are rounded or make no sense', () => {
    const rounded = ['Filesystem Size Used Free Blksize', '/data 1.9G 500M 1.4G 4096'];
    expect(read('storage', ...rounded)).toEqual({ dataFreeBytes: null, dataTotalBytes: null });
    expect(read('storage', header, '/dev/a 2000 500 9999 25% /data')).toMatchObject({
      dataFreeBytes: null,
    });
    expect(read('storage', header, 'a 1 0 1 0% /x', 'b 1 0 1 0% /y')).toMatchObject({
      dataFreeBytes: null,
    });
  });
});

describe('time', () => {
  it.each([
    ['2026-11-30T23:10:11+0800\nAsia/Shanghai\n', '2026-11-30T23:10:11+08:00', 'Asia/Shanghai'],
    ['2026-11-30T15:10:11+0000\nGMT\n', '2026-11-30T15:10:11+00:00', 'GMT'],
    ['Mon Nov  9 23:10:11 GMT+08:00 2026\n', '2026-11-09T23:10:11+08:00', null],
    ['Mon Nov 30 15:10:11 UTC 2026\n', '2026-11-30T15:10:11Z', null],
    ['Mon Nov 30 23:10:11 CST 2026\n', null, null],
    ['2026-13-30T23:10:11+0800\n', null, null],
    ['America/Argentina/Salta\n', null, 'America/Argentina/Salta'],
  ])('%j is %s in %s', (text, utc, zone) => {
    expect(read('clock', text)).toEqual({ utc, zone });
  });

  it('was told by a server so long ago, or never', () => {
    expect(read('network-time', 'NTP cache age: 61999', 'NTP cache certainty: 12')).toEqual({
      ageSeconds: '61',
    });
    expect(read('network-time', 'NTP cache age: 9223372036854775807')).toEqual({ ageSeconds: '' });
    expect(read('network-time', 'NTP cache result: null')).toEqual({ ageSeconds: '' });
    expect(
      read(
        'network-time',
        'NTP cache result: TimeResult{mCertaintyMillis=9}',
        'NTP result age: 5000',
      ),
    ).toEqual({ ageSeconds: '5' });
  });

  it('is set by itself, from these sources', () => {
    const text = [
      'TimeDetectorStrategy:',
      '  mEnvironment.isAutoTimeDetectionEnabled()=false',
      '  mEnvironment.autoOriginPriorities()=[network,telephony]',
    ];
    expect(read('time-detector', ...text)).toEqual({
      automaticTime: 'false',
      sources: 'network,telephony',
    });
  });

  it('has run so long', () => {
    expect(read('uptime', '86461.57 340000.01')).toEqual({ seconds: '86461' });
    expect(read('uptime', ' 15:30:23 up 0 min,  0 users')).toEqual({ seconds: null });
  });
});
