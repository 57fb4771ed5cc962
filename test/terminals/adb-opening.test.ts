/** Whether anybody may be guided into opening ADB is the profile's word, and only a proven one counts. */
import { expect, it } from 'vitest';
import { adbOpening } from '../../native-bridge/terminals/adb-opening.ts';
import { shippedProfile, shippedProfiles } from '../../native-bridge/terminals/catalogue.ts';

const android = shippedProfile('pax-android');
const fact = (proven: boolean) => ({ source: 'https://vendor.example/adb', proven });

it.each([
  ['reversible', { reversible: true, fact: fact(true) }],
  ['unproven', { reversible: true, fact: fact(false) }],
  ['ends-trading', { reversible: false, fact: fact(false) }],
  ['ends-trading', { reversible: false, fact: fact(true) }],
  ['unknown', null],
] as const)('%s where the profile says %j', (opening, debugMode) => {
  expect(adbOpening({ ...android, debugMode })).toBe(opening);
});

it('is nothing to say of a terminal without Android', () => {
  expect(adbOpening(shippedProfile('training-codebox'))).toBeNull();
});

it('no shipped profile guides anybody into it', () => {
  expect(shippedProfiles().filter((profile) => adbOpening(profile) === 'reversible')).toEqual([]);
});
