/* eslint-disable no-control-regex -- control characters are what this is about */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  excerpt,
  plainContinuation,
  plainText,
} from '../../native-bridge/operations/plain-text.ts';
import { SerialFraming } from '../../native-bridge/protocols/smp/serial-framing.ts';
import { TextLog } from '../../native-bridge/sessions/smp/text-log.ts';

describe('text from a device', () => {
  it('loses its colours and cursor moves', () => {
    expect(plainText('\u001b[1;31mfoo: command not found\u001b[0m')).toBe('foo: command not found');
  });

  it('cannot set the title of a window', () => {
    expect(plainText('a\u001b]0;owned\u0007b')).toBe('ab');
  });

  it('cannot turn the reading direction', () => {
    expect(plainText('pay \u202e001\u061c to\u2066x')).toBe('pay 001 tox');
  });

  it('keeps lines, tabs and Chinese', () => {
    expect(plainText('商户:\t老王面馆\n')).toBe('商户:\t老王面馆\n');
  });

  it('shows no full card number', () => {
    expect(plainText('card 4111111111111111 ok')).not.toContain('411111111111');
  });

  it('never holds a control character, whatever came', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(plainText(text)).not.toMatch(
          /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/,
        );
      }),
    );
  });

  it('is cut as evidence', () => {
    expect(excerpt('x'.repeat(100_000)).length).toBeLessThanOrEqual(2048);
  });
});

/** What is shown of what a device writes, cut into lines as the session does. */
function shownOf(text: string, pieces: readonly string[] = [text]): string {
  const framing = new SerialFraming();
  const log = new TextLog(1000);
  for (const piece of pieces) {
    const values = [...framing.push(new TextEncoder().encode(piece)), ...framing.flush()];
    for (const value of values) if (value.kind === 'text') log.add(value.bytes);
  }
  return log
    .lines()
    .map((line) => plainContinuation(line.before ?? '', line.text))
    .join('');
}

describe('a line that is too long for one piece', () => {
  const line = (secret: string, at: number): string =>
    `${'log of a visit '.repeat(400).slice(0, at)} ${secret} and${' so on'.repeat(300)}`;

  it.each([
    ['a card number', '4111111111111111', '411111111111'],
    ['a card number in groups', '4111 1111 1111 1111', '1111 1111'],
    ['a password', 'wifiPassword: hunter22', 'hunter'],
    ['a quoted password', 'psk="hunter over the hill"', 'hill'],
    ['a key in bytes', 'TMK = 11 22 33 44 55 66 77 88 99 AA BB CC DD EE FF 07', '22 33'],
    ['a key without a name', '0123456789abcdef0123456789abcdef', '89abcdef'],
    ['a password in Chinese', '密码是hunter22', 'hunter'],
  ])('shows no half of %s, wherever it is cut', (_what, secret, part) => {
    for (let at = 4030; at <= 4100; at++) {
      const shown = shownOf(line(secret, at));
      expect(shown).not.toContain(part);
      expect(shown).not.toContain(secret.slice(-6));
    }
  });

  it('shows nothing of a secret that is longer than several pieces', () => {
    expect(shownOf(`Cookie: ${'a1b2 '.repeat(3000)}`)).toBe('Cookie: ***');
  });

  it('shows all the rest', () => {
    const text = line('harmless', 4090);
    expect(shownOf(text)).toBe(text);
  });
});

it('what is typed at a prompt that asked for a password is hidden', () => {
  expect(shownOf('', ['password: ', 'hunter22', '\nok\n'])).toBe('password: ***ok');
});

it.each([
  ['after a pause', ['411111111111', '1111 ok'], '411111111111*** ok'],
  ['in groups', ['4111 1111 11', '11 1111 ok'], '4111 1111 11*** ok'],
  ['a PIN', ['PIN 12', '34 was typed'], 'PIN 12*** was typed'],
])(
  'the rest of a secret is not shown where its beginning was told before: %s',
  (_what, pieces, all) => {
    expect(shownOf('', pieces)).toBe(all);
  },
);

it('of what is cut as evidence or for the log no half of a card number stays', () => {
  for (let at = 2025; at < 2050; at++) {
    expect(excerpt(`${'x'.repeat(at)} 4111111111111111 and so on`)).not.toContain('41111');
  }
});
