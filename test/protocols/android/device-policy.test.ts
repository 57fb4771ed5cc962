/** `dumpsys device_policy` from AOSP's Owners.dump of Android 7 and of 14. */
import { expect, it } from 'vitest';
import { parseDevicePolicy } from '../../../native-bridge/protocols/android/device-policy.ts';

const head = 'Current Device Policy Manager state:';
const owner = (...lines: string[]) =>
  parseDevicePolicy([head, ...lines, '', '  Encryption Status: per-user'].join('\n')).owner;

it.each([
  [
    'the owner',
    ['  Device Owner: ', '    admin=ComponentInfo{a.b/a.b.C}', '    package=a.b'],
    'a.b',
  ],
  [
    'the owner, and nobody of a work profile',
    ['  Profile Owner (User 10): ', '    name=', '    package=c.d'],
    '',
  ],
  ['nobody', [], ''],
  ['unknown for an owner without a name', ['  Device Owner: ', '    User ID: 0'], null],
])('tells %s', (_, lines, expected) => {
  expect(owner(...lines)).toBe(expected);
});

it('tells nothing from another answer', () => {
  const refused = "Permission Denial: can't dump DevicePolicyManagerService from pid=1, uid=2000";
  expect(parseDevicePolicy(refused).owner).toBeNull();
});
