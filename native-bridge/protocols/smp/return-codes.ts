/**
 * Names for return codes: the general table (`rc`, Zephyr's enum mcumgr_err_t) and one table for
 * each group (`err {group, rc}`, the enum of the group's header). The index is the code.
 */
import { GROUP } from './groups.ts';

const GENERAL = [
  'ok',
  'unknown',
  'no-memory',
  'invalid-value',
  'timeout',
  'no-entry',
  'bad-state',
  'message-too-large',
  'not-supported',
  'corrupt',
  'busy',
  'access-denied',
  'version-too-old',
  'version-too-new',
] as const;

const OF_GROUP: ReadonlyMap<number, readonly [name: string, codes: readonly string[]]> = new Map([
  [
    GROUP.os,
    [
      'os',
      [
        'ok',
        'unknown',
        'invalid-format',
        'query-yields-no-answer',
        'clock-not-set',
        'clock-command-failed',
        'query-value-not-valid',
      ],
    ],
  ],
  [
    GROUP.image,
    [
      'image',
      [
        'ok',
        'unknown',
        'flash-config-query-failed',
        'no-image',
        'no-tlvs',
        'invalid-tlv',
        'multiple-hashes',
        'tlv-invalid-size',
        'hash-not-found',
        'no-free-slot',
        'flash-open-failed',
        'flash-read-failed',
        'flash-write-failed',
        'flash-erase-failed',
        'invalid-slot',
        'no-free-memory',
        'flash-context-already-set',
        'flash-context-not-set',
        'flash-area-device-null',
        'invalid-page-offset',
        'offset-missing',
        'length-missing',
        'image-shorter-than-header',
        'header-magic-wrong',
        'invalid-hash',
        'invalid-flash-address',
        'version-get-failed',
        'running-version-is-newer',
        'image-already-pending',
        'invalid-vector-table',
        'image-too-large',
        'image-data-overrun',
        'confirmation-denied',
        'test-of-active-slot-denied',
        'active-slot-not-known',
      ],
    ],
  ],
  [
    GROUP.statistics,
    [
      'statistics',
      [
        'ok',
        'unknown',
        'invalid-group',
        'invalid-statistic-name',
        'invalid-statistic-size',
        'walk-aborted',
      ],
    ],
  ],
  [
    GROUP.settings,
    [
      'settings',
      [
        'ok',
        'unknown',
        'key-too-long',
        'key-not-found',
        'read-not-supported',
        'root-key-not-found',
        'write-not-supported',
        'delete-not-supported',
        'save-not-supported',
      ],
    ],
  ],
  [
    GROUP.files,
    [
      'files',
      [
        'ok',
        'unknown',
        'invalid-name',
        'file-not-found',
        'is-directory',
        'open-failed',
        'seek-failed',
        'read-failed',
        'truncate-failed',
        'delete-failed',
        'write-failed',
        'offset-not-valid',
        'offset-larger-than-file',
        'hash-type-not-found',
        'mount-point-not-found',
        'read-only',
        'file-empty',
        'close-failed',
      ],
    ],
  ],
  [GROUP.shell, ['shell', ['ok', 'unknown', 'command-too-long', 'empty-command']]],
  [
    GROUP.enumeration,
    ['enumeration', ['ok', 'unknown', 'too-many-entries', 'no-memory', 'index-too-large']],
  ],
  [
    GROUP.basic,
    [
      'basic',
      ['ok', 'unknown', 'flash-open-failed', 'flash-config-query-failed', 'flash-erase-failed'],
    ],
  ],
]);

/**
 * The name of a return code: `no-entry` in the general table (`group` null), `image/no-image` in a
 * group's. A code without a name is `unknown`, or `image/unknown`.
 */
export function meaningOf(group: number | null, rc: number): string {
  if (group === null) return GENERAL[rc] ?? 'unknown';
  const table = OF_GROUP.get(group);
  return table === undefined ? 'unknown' : `${table[0]}/${table[1][rc] ?? 'unknown'}`;
}
