/** What holds for every dump, whatever a terminal prints. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  androidDumps,
  parseGetprop,
  parsePackageList,
  parseSettingsGet,
  parseSettingsList,
  type AndroidDump,
} from '../../../native-bridge/protocols/android/index.ts';

const dumps: readonly (readonly [string, AndroidDump])[] = Object.entries(androidDumps);
const lists = [parseGetprop, parsePackageList, parseSettingsGet, parseSettingsList];

/** Words that parsers look for, so that random text gets past their first lines. */
const words = [
  'Current Battery Service state:',
  'level: ',
  'Active default network: 1',
  'Current Networks:',
  '  NetworkAgentInfo{network{1} ni{WIFI CONNECTED} lp{{LinkAddresses: [',
  'nc{[ Transports: WIFI Capabilities: ',
  'VPNs:',
  'mWifiInfo SSID: "',
  ', BSSID: 02:00:00:00:00:00, ',
  'Phone Id=0',
  '    mServiceState={',
  'NetworkRegistrationInfo{ domain=PS transportType=WWAN registrationState=',
  'mSignalStrength=SignalStrength: ',
  'POWER_SUPPLY_NAME=',
  'Packages:',
  '  Package [a] (b):',
  'default via ',
  '1: wlan0: <UP>',
  '    inet 1.2.3.4/5 scope global ',
  'Filesystem 1K-blocks',
  '[a]: [',
  'package:',
  'ID: 1 SSID: ',
  ' KeyMgmt: ',
  '{',
  '}',
  '"',
  ' ',
  '\n',
  '\r\n',
  '=',
  '2147483647',
  '-',
];
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 8 })), { maxLength: 60 })
  .map((parts) => parts.join(''));

describe('every dump', () => {
  it('has the fields that it announces, as text, empty or null, for any text', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const [, dump] of dumps) {
          const fields = dump.parse(text);
          expect([...fields.keys()].sort()).toEqual([...dump.fields].sort());
          for (const value of fields.values())
            expect(value === null || typeof value === 'string').toBe(true);
        }
        for (const parse of lists) expect(() => parse(text)).not.toThrow();
      }),
    );
  });

  it.each(dumps)('%s knows nothing of what is another shape', (_name, dump) => {
    const texts = [
      '',
      '\n',
      "Can't find service: x",
      "Permission Denial: can't dump X from from pid=1, uid=2 due to missing android.permission.DUMP permission",
      '/system/bin/sh: dumpsys: inaccessible or not found',
      '<html><body>Welcome</body></html>',
      '\u0000\u0001\u0002',
    ];
    for (const text of texts) {
      expect(new Set(dump.parse(text).values())).toEqual(new Set([null]));
    }
  });

  it.each(dumps)('%s takes a time that is in proportion to the text', (_name, dump) => {
    for (const word of words) {
      const text = word.repeat(Math.ceil(400_000 / word.length));
      const started = performance.now();
      dump.parse(text);
      expect(performance.now() - started).toBeLessThan(1_500);
    }
  });

  it.each(dumps)('%s reads no more than a few megabytes', (_name, dump) => {
    const started = performance.now();
    dump.parse('x: y=z {\n'.repeat(4_000_000));
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
