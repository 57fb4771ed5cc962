/** What is said of a report until it is put aside, and what only for a while. */
import { expect, test } from 'vitest';
import { hasFailed, type Outcome } from '../../renderer/state/made.ts';

const fault = { code: 'shop-key-damaged' as const, facts: {}, trace: [] };
const saved = {
  kind: 'saved' as const,
  name: 'r.html',
  leftOut: [],
  signedAs: null,
  unsigned: null,
};

test.each<[string, Outcome]>([
  ['was saved without the signature that was asked for', { ...saved, unsigned: fault }],
  ['lacks something', { ...saved, leftOut: ['console'] }],
  ['was not saved', { kind: 'not-saved', fault }],
  ['was not copied', { kind: 'not-copied' }],
])('that it %s stays until it is read', (_, outcome) => {
  expect(hasFailed(outcome)).toBe(true);
});

test('that all went well is said for a while', () => {
  expect(hasFailed({ ...saved, signedAs: 'r.html.minisig' })).toBe(false);
  expect(hasFailed({ kind: 'copied' })).toBe(false);
});
