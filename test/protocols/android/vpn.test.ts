import { describe, expect, it } from 'vitest';
import { parseVpn } from '../../../native-bridge/protocols/android/vpn.ts';

const dump = (...lines: readonly string[]) => ['VPNs:', ...lines].join('\n');

describe('dumpsys vpn_management', () => {
  it('lists the app still when its tunnel is down: only the type tells', () => {
    const entry = (type: string) =>
      dump(
        '  0: org.example.vpn',
        '    Active package name: org.example.vpn',
        `    Active vpn type: ${type}`,
      );
    expect(parseVpn(entry('1'))).toEqual({ up: true, package: 'org.example.vpn' });
    expect(parseVpn(entry('-1'))).toEqual({ up: false, package: 'org.example.vpn' });
  });

  it('has a placeholder where there is no tunnel', () => {
    expect(parseVpn(dump('0: [Legacy VPN]', 'Active vpn type: -1'))).toEqual({
      up: false,
      package: '',
    });
    expect(parseVpn(dump('  0: null'))).toEqual({ up: null, package: '' });
  });

  it('takes events for history', () => {
    const log = dump(
      '  0: a.b',
      '    mEventChanges (most recent first):',
      '      Active vpn type: 1',
    );
    expect(parseVpn(log)).toEqual({ up: null, package: 'a.b' });
  });
});
