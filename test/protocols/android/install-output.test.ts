/** What the package manager says at the end, and what it offers. */
import { describe, expect, test } from 'vitest';
import {
  offersCacheOnly,
  parseInstallOutput,
} from '../../../native-bridge/protocols/android/index.ts';

test.each([
  ['Success\n', { success: true, refusal: null, detail: null }],
  ['\tpkg: /data/local/tmp/a.apk\r\nSuccess\r\n', { success: true, refusal: null, detail: null }],
  [
    'Failure [INSTALL_FAILED_VERSION_DOWNGRADE]\n',
    { success: false, refusal: 'INSTALL_FAILED_VERSION_DOWNGRADE', detail: null },
  ],
  [
    'Failure [INSTALL_FAILED_UPDATE_INCOMPATIBLE: Package a.b signatures do not match]',
    {
      success: false,
      refusal: 'INSTALL_FAILED_UPDATE_INCOMPATIBLE',
      detail: 'Package a.b signatures do not match',
    },
  ],
  [
    'Error: failed to open session\n',
    { success: false, refusal: null, detail: 'Error: failed to open session' },
  ],
  ['', { success: false, refusal: null, detail: null }],
  [
    'Success, or so they say\n',
    { success: false, refusal: null, detail: 'Success, or so they say' },
  ],
])('%j', (output, told) => {
  expect(parseInstallOutput(output)).toEqual(told);
});

describe('clearing a cache alone', () => {
  test('is offered where the help has the option before the name', () => {
    expect(offersCacheOnly('  clear [--user USER_ID] [--cache-only] PACKAGE\n')).toBe(true);
  });

  test.each([
    '  clear [--user USER_ID] PACKAGE\n',
    'pm clear: deletes all data associated with a package.\n',
    '  trim-caches DESIRED_FREE_SPACE [--cache-only] PACKAGE\n',
    'Unknown command: help\n',
  ])('is not offered by %j', (help) => {
    expect(offersCacheOnly(help)).toBe(false);
  });
});
