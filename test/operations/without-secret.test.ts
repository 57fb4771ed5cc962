/** A terminal may say back what it was given: no part of a secret is kept with its refusal. */
import { expect, it } from 'vitest';
import { withoutSecret } from '../../native-bridge/operations/without-secret.ts';

const refused = (meaning: string) => ({
  code: 'command-refused' as const,
  facts: { command: 'cmd wifi connect-network LAOWANG-3F', rc: 255, meaning },
  trace: ['somewhere'],
});

it.each([
  ['the whole', 'bad argument: noodles-upstairs'],
  ['a part', 'Expected 8 bytes after noodles'],
  ['it as the shell quotes it', "unexpected 'oodl' near"],
])('%s is left out', (_, meaning) => {
  const { command, rc } = refused(meaning).facts;
  const kept = withoutSecret(refused(meaning), 'noodles-upstairs');
  expect(kept).toEqual({ code: 'command-refused', facts: { command, rc }, trace: [] });
});

it('other words stay, and all of them where there is no secret', () => {
  const { facts } = refused('not allowed');
  expect(withoutSecret(refused('not allowed'), 'noodles-upstairs').facts).toEqual(facts);
  expect(withoutSecret(refused('not allowed'), null).facts).toEqual(facts);
});

it('a short secret is left out too', () => {
  expect(withoutSecret(refused('no such pin: 12'), '12').facts).not.toHaveProperty('meaning');
});
