/* eslint-disable no-control-regex -- control characters are what this is about */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excerpt, plainText } from '../../native-bridge/operations/plain-text.ts';

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
