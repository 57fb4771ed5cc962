import { describe, expect, it } from 'vitest';
import {
  androidDumps,
  parsePackageList,
  parseSettingsGet,
  parseSettingsList,
  type AndroidDumpName,
} from '../../../native-bridge/protocols/android/index.ts';

const read = (name: AndroidDumpName, ...lines: readonly string[]) =>
  Object.fromEntries(androidDumps[name].parse(lines.join('\n')));

describe('dumpsys package', () => {
  const block = (...lines: readonly string[]) => [
    'Key Set Manager:',
    'Packages:',
    '  Package [com.example.pay] (1a2b3c):',
    ...lines.map((line) => `    ${line}`),
  ];
  const hidden = [
    'Hidden system packages:',
    '  Package [com.example.pay] (4d5e6f):',
    '    versionName=1.0',
    '    lastUpdateTime=2020-01-01 00:00:00',
  ];

  it('tells the installed version, not the one it replaced', () => {
    const text = [
      ...block(
        'versionCode=412 minSdk=24 targetSdk=33',
        'versionName=4.1.2-pro',
        'lastUpdateTime=2026-02-03 04:05:06',
        'signatures=PackageSignatures{12ab version:2, signatures:[0a1b2c3d, 4e5f], past signatures:[]}',
        'User 0: ceDataInode=1 installed=true hidden=false stopped=false enabled=0 instant=false',
        '  firstInstallTime=2025-01-02 03:04:05',
      ),
      ...hidden,
    ];
    expect(read('package', ...text)).toEqual({
      installed: 'true',
      enabled: 'true',
      versionName: '4.1.2-pro',
      versionCode: '412',
      firstInstall: '2025-01-02T03:04:05',
      lastUpdate: '2026-02-03T04:05:06',
      signerDigest: '0a1b2c3d,4e5f',
    });
    expect(read('package', ...block('versionCode=412 targetSdk=25'), ...hidden)).toMatchObject({
      versionName: null,
      lastUpdate: null,
    });
  });

  it('tells what was switched off, and what is there for other users only', () => {
    expect(
      read('package', ...block('User 0: installed=true hidden=false enabled=3')),
    ).toMatchObject({ enabled: 'false' });
    for (const by of ['hidden=true suspended=false', 'hidden=false suspended=true']) {
      const withheld = block(`User 0: installed=true ${by} stopped=false enabled=0`);
      expect(read('package', ...withheld)).toMatchObject({ installed: 'true', enabled: 'false' });
    }
    const gone = block('versionName=1', 'User 0: installed=false hidden=false enabled=0');
    expect(read('package', ...gone)).toMatchObject({ installed: 'false', versionName: '' });
  });

  it('says that there is none', () => {
    expect(read('package', 'Unable to find package: com.example.pay')).toMatchObject({
      installed: 'false',
      versionName: '',
      enabled: '',
    });
  });

  it('has the signatures of Android 7', () => {
    expect(
      read('package', ...block('signatures=PackageSignatures{1a2b [deadbeef]}')),
    ).toMatchObject({ signerDigest: 'deadbeef' });
  });
});

describe('pm list packages', () => {
  it('has paths with equals signs, version codes, or neither', () => {
    const text =
      'package:/data/app/~~x==/a.b-y==/base.apk=a.b\r\npackage:c.d versionCode:90000123\npackage:e.f\nnoise\npackage:bad name\n';
    expect(parsePackageList(text)).toEqual([
      { name: 'a.b', versionCode: null, apkPath: '/data/app/~~x==/a.b-y==/base.apk' },
      { name: 'c.d', versionCode: 90_000_123, apkPath: null },
      { name: 'e.f', versionCode: null, apkPath: null },
    ]);
    expect(parsePackageList('Error: java.lang.SecurityException\n')).toBeNull();
  });
});

describe('settings', () => {
  it('are split at the first equals sign, and without what is not set', () => {
    expect([...parseSettingsList('a=1\nb=x=y\nc=null\nd=\nnoise\n')]).toEqual([
      ['a', '1'],
      ['b', 'x=y'],
      ['d', ''],
    ]);
  });

  it.each([
    ['1\n', '1'],
    ['null\n', ''],
    ['\n', ''],
    ['', null],
    ['Error: Unknown namespace\n', null],
    ['cmd: Failure calling service settings: Broken pipe (32)\n', null],
  ])('by name: %j is %j', (text, value) => {
    expect(parseSettingsGet(text)).toBe(value);
  });

  it('give what the readings need', () => {
    const table = [
      'auto_time=1',
      'auto_time_zone=0',
      'private_dns_mode=hostname',
      'private_dns_specifier=dns.example.org',
      'http_proxy=:0',
      'captive_portal_mode=0',
      'wifi_on=2',
      'airplane_mode_on=null',
    ];
    expect(read('settings-global', ...table)).toEqual({
      automaticTime: 'true',
      automaticZone: 'false',
      privateDnsMode: 'hostname',
      privateDnsHost: 'dns.example.org',
      proxy: '',
      proxySetDirectly: 'false',
      captivePortalMode: 'ignore',
      airplaneMode: '',
      wifiOn: 'true',
      mobileDataOn: '',
    });
    const secure = ['always_on_vpn_app=a.b', 'always_on_vpn_lockdown=1', 'x=1'];
    expect(read('settings-secure', ...secure)).toEqual({
      alwaysOnVpnPackage: 'a.b',
      alwaysOnVpnLockdown: 'true',
    });
  });

  const rows = (...lines: readonly string[]) =>
    read('settings-global', 'a=1', 'b=1', 'c=1', ...lines);

  it.each([
    ['one SIM', ['mobile_data=0'], 'false'],
    [
      'two, data over the second',
      ['mobile_data=0', 'mobile_data1=0', 'mobile_data2=1', 'multi_sim_data_call=2'],
      'true',
    ],
    [
      'two, data over one that has no row',
      ['mobile_data=1', 'mobile_data1=0', 'mobile_data2=1', 'multi_sim_data_call=3'],
      null,
    ],
    ['two, alike', ['mobile_data=0', 'mobile_data1=1', 'multi_sim_data_call=-1'], 'true'],
    ['none yet', [], ''],
  ])('have mobile data by SIM: %s', (_, lines, on) => {
    expect(rows(...lines)).toMatchObject({ mobileDataOn: on });
  });

  it.each([
    [
      'a shell has set',
      [
        'http_proxy=10.0.0.1:3128',
        'global_http_proxy_host=10.0.0.1',
        'global_http_proxy_port=3128',
      ],
      '10.0.0.1:3128',
    ],
    [
      'a management app has set',
      ['global_http_proxy_host=10.0.0.2', 'global_http_proxy_port=8080'],
      '10.0.0.2:8080',
    ],
    [
      'a script',
      ['global_http_proxy_host=', 'global_proxy_pac_url=http://10.0.0.3/p.pac'],
      'http://10.0.0.3/p.pac',
    ],
    [
      'was taken away',
      ['http_proxy=:0', 'global_http_proxy_host=', 'global_http_proxy_port=0'],
      '',
    ],
    ['has no port', ['global_http_proxy_host=10.0.0.2'], null],
  ])('have the proxy that %s', (_, lines, proxy) => {
    expect(rows(...lines)).toMatchObject({ proxy });
  });

  it.each([
    ['by an app', ['global_http_proxy_host=10.0.0.2', 'global_http_proxy_port=8080'], 'true'],
    ['by the setting', ['http_proxy=10.0.0.1:3128', 'global_http_proxy_host=10.0.0.1'], 'false'],
    ['by nobody', ['global_http_proxy_host='], 'false'],
  ])('tell a proxy set %s', (_, lines, proxySetDirectly) => {
    expect(rows(...lines)).toMatchObject({ proxySetDirectly });
  });
});
