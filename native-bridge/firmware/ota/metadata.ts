/**
 * What an update says of itself: META-INF/com/android/metadata, lines of `key=value` (AOSP,
 * build/tools/releasetools/ota_utils.py). Vendors add keys, leave some out, pad values and write
 * `None` where they know nothing.
 */

export interface OtaMetadata {
  /** `AB`, `BLOCK`, `BRICK`, `FILE` or what else stands there; null: nothing. */
  readonly type: string | null;
  /** Names of the models (ro.product.device) that it may go onto; none: it does not say. */
  readonly devices: readonly string[];
  /** Where it may only go onto certain terminals: their serial numbers. */
  readonly serialNumbers: readonly string[];
  /** What the terminal will be. */
  readonly after: {
    /** One for each model, where there are several. */
    readonly fingerprints: readonly string[];
    readonly incremental: string | null;
    readonly timestampSeconds: number | null;
    /** `2026-03-05`. */
    readonly securityPatch: string | null;
  };
  /** Of an incremental update, the build that it needs; null: a full one. */
  readonly before: {
    readonly fingerprints: readonly string[];
    readonly incremental: string | null;
  } | null;
  /** Everything on the terminal is erased by it. */
  readonly wipes: boolean;
  readonly downgrade: boolean;
  readonly patchDowngrade: boolean;
  /** `payload.bin` → where it stands in the file, as streaming clients are told. */
  readonly propertyFiles: ReadonlyMap<string, { offsetBytes: number; sizeBytes: number }>;
}

const maxLines = 1000;

/** null where not one line is a key of Android's. */
export function parseOtaMetadata(text: string): OtaMetadata | null {
  const values = valuesOf(text);
  if (![...values.keys()].some((key) => /^(?:pre|post|ota)-/.test(key))) return null;
  const get = (key: string): string | null => values.get(key) ?? null;
  const says = (key: string): boolean => get(key) === 'yes';
  return {
    type: get('ota-type'),
    devices: list(get('pre-device'), /[|,]/),
    serialNumbers: list(get('serialno'), /[|,]/),
    after: {
      fingerprints: list(get('post-build'), '|'),
      incremental: get('post-build-incremental'),
      timestampSeconds: wholeNumber(get('post-timestamp')),
      securityPatch: dayOf(get('post-security-patch-level')),
    },
    before: before(get('pre-build'), get('pre-build-incremental')),
    // `wipe` is OPPO's and its kin's.
    wipes: says('ota-wipe') || get('wipe') === '1',
    downgrade: says('ota-downgrade'),
    patchDowngrade: says('spl-downgrade'),
    propertyFiles: propertyFiles(get('ota-property-files')),
  };
}

/** Of a key that stands there twice the first counts: recovery keeps that one (ReadMetadataFromPackage). */
function valuesOf(text: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const line of text.split(/\r\n|\n|\r/, maxLines)) {
    const equals = line.indexOf('=');
    if (equals < 1) continue;
    const [key, value] = [line.slice(0, equals).trim(), line.slice(equals + 1).trim()];
    if (!values.has(key)) values.set(key, value === 'None' ? '' : value);
  }
  return new Map([...values].filter(([, value]) => value !== ''));
}

function list(value: string | null, separator: string | RegExp): string[] {
  const parts = value?.split(separator, maxLines).map((part) => part.trim()) ?? [];
  return parts.filter((part) => part !== '' && part !== 'None');
}

function before(fingerprint: string | null, incremental: string | null): OtaMetadata['before'] {
  if (fingerprint === null && incremental === null) return null;
  return { fingerprints: list(fingerprint, '|'), incremental };
}

function wholeNumber(value: string | null): number | null {
  return value !== null && /^\d{1,15}$/.test(value) ? Number(value) : null;
}

function dayOf(value: string | null): string | null {
  return value !== null && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : null;
}

function propertyFiles(value: string | null): OtaMetadata['propertyFiles'] {
  const files = new Map<string, { offsetBytes: number; sizeBytes: number }>();
  for (const entry of list(value, ',')) {
    const [, name, offset, size] = /^([^:]+):(\d{1,15}):(\d{1,15})$/.exec(entry) ?? [];
    if (name === undefined) continue;
    files.set(name, { offsetBytes: Number(offset), sizeBytes: Number(size) });
  }
  return files;
}
