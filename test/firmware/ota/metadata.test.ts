/** What updates say of themselves, with what vendors make of it. */
import { describe, expect, test } from 'vitest';
import { parseOtaMetadata } from '../../../native-bridge/firmware/ota/metadata.ts';
import { scriptDemands } from '../../../native-bridge/firmware/ota/updater-script.ts';
import { fullMetadata, metadataText } from '../../support/make-ota.ts';

const parse = (changes: Readonly<Record<string, string>> = {}) =>
  parseOtaMetadata(metadataText({ ...fullMetadata, ...changes }));

describe('metadata', () => {
  test('of a full update says for whom it is and what it makes of it', () => {
    expect(parse()).toMatchObject({
      type: 'AB',
      devices: ['M1'],
      after: {
        fingerprints: ['Acme/m1/M1:13/TQ3A.1/20260801:user/release-keys'],
        incremental: '20260801',
        timestampSeconds: 1785542400,
        securityPatch: '2026-08-01',
      },
      before: null,
      wipes: false,
      downgrade: false,
    });
  });

  test('that says a thing twice says the first, as recovery reads it', () => {
    const text = `pre-device=first\n${metadataText(fullMetadata)}ota-type=BLOCK\n`;
    expect(parseOtaMetadata(text)).toMatchObject({ devices: ['first'], type: 'AB' });
  });

  test('of an incremental one names the build it needs', () => {
    const before = { 'pre-build': 'Acme/m1/M1:13/A/1:user/x', 'pre-build-incremental': '1' };
    expect(parse(before)?.before).toEqual({
      fingerprints: ['Acme/m1/M1:13/A/1:user/x'],
      incremental: '1',
    });
  });

  test('names several models, by commas or strokes', () => {
    expect(parse({ 'pre-device': 'fog,wind, rain' })?.devices).toEqual(['fog', 'wind', 'rain']);
    expect(parse({ 'pre-device': 'a|b' })?.devices).toEqual(['a', 'b']);
  });

  test('that says None knows nothing', () => {
    const none = { 'post-build': 'None', 'post-timestamp': 'None', 'pre-device': 'None' };
    expect(parse({ ...none, 'ota-type': 'FILE' })).toMatchObject({
      type: 'FILE',
      devices: [],
      after: { fingerprints: [], timestampSeconds: null },
    });
  });

  test('is read with padded values and Windows line ends', () => {
    const padded =
      'post-timestamp=1785542400   \r\npre-device= M1 \r\nota-property-files=payload.bin:10:20,metadata:1:2      \r\n';
    const metadata = parseOtaMetadata(padded);
    expect(metadata?.devices).toEqual(['M1']);
    expect(metadata?.after.timestampSeconds).toBe(1785542400);
    expect(metadata?.propertyFiles.get('payload.bin')).toEqual({ offsetBytes: 10, sizeBytes: 20 });
  });

  test('says what is erased and what goes back on purpose', () => {
    const flags = { 'ota-wipe': 'yes', 'ota-downgrade': 'yes', 'spl-downgrade': 'yes' };
    expect(parse(flags)).toMatchObject({ wipes: true, downgrade: true, patchDowngrade: true });
    expect(parse({ wipe: '1' })?.wipes).toBe(true);
    expect(parse({ wipe: '0' })?.wipes).toBe(false);
  });

  test('without one key of Android’s is none', () => {
    expect(parseOtaMetadata('hello=world\n')).toBeNull();
    expect(parseOtaMetadata('\u0000\uffff'.repeat(1000))).toBeNull();
  });
});

test('a script’s demands are its comparisons of properties', () => {
  const script = `getprop("ro.product.device") == "q201" || abort("This package is for \\"q201\\" devices; this is a \\"" + getprop("ro.product.device") + "\\".");
assert(getprop("ro.build.product")=="q201" || getprop("ro.build.product") == "q202");
getprop("ro.product.device") == "q201" || abort("again");`;
  expect(scriptDemands(script)).toEqual([
    { property: 'ro.product.device', value: 'q201' },
    { property: 'ro.build.product', value: 'q201' },
    { property: 'ro.build.product', value: 'q202' },
  ]);
});
