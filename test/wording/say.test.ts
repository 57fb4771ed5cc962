import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageKeys } from '../../native-bridge/wording/catalogue.ts';
import { cleanText, say, sentence, words } from '../../native-bridge/wording/index.ts';
import { appAllowances } from '../../native-bridge/contract/app.ts';
import { flashAllowances } from '../../native-bridge/contract/firmware.ts';
import { locales } from './messages.ts';

describe('a sentence', () => {
  it('shows its key and facts where there is no message, in the open', () => {
    expect(say({ key: 'no_such', facts: { port: 'COM7', pid: 4321 } }, 'en')).toBe(
      '[no_such] port=COM7 pid=4321',
    );
  });

  it.each(['constructor', '__proto__', 'toString'])('with the key %s finds no message', (key) => {
    expect(say({ key, facts: {} }, 'en')).toBe(`[${key}]`);
  });

  it('takes the fact of its own language', () => {
    const command = { 'zh-CN': '读取', en: 'read' };
    const said = sentence('fault_reply_timeout_command', { command });
    expect(say(said, 'en')).toContain('“read”');
    expect(say(said, 'zh-CN')).toContain('“读取”');
  });

  it('joins a list as the language does', () => {
    const blockers = ['a', 'b', 'c'];
    expect(words('fault_flash_blocked_list', { blockers }, 'en')).toContain('a, b, and c');
    expect(words('fault_flash_blocked_list', { blockers }, 'zh-CN')).toContain('a、b和c');
  });

  it.each([...flashAllowances, ...appAllowances])('says what allowing %s means', (code) => {
    for (const locale of locales) {
      const said = words('app_proof_allowed', { allowed: [code] }, locale);
      expect(said.endsWith(locale === 'en' ? ` (${code})` : `（${code}）`)).toBe(true);
    }
  });

  it('says codes that have words in words, and others as they are', () => {
    const blockers = ['battery-low', 'eclipse'];
    expect(words('fault_flash_blocked_list', { blockers }, 'zh-CN')).toContain('电量不足和eclipse');
    const facts = { command: 'image test', rc: 8, group: 1, meaning: 'image/hash-not-found' };
    expect(words('fault_command_refused_meaning', facts, 'en')).toBe(
      'The terminal refused “image test”: this image is not on the terminal (code 8)',
    );
  });

  it.each(locales)('of any key with any facts never shows undefined (%s)', (locale) => {
    const fact = fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.array(fc.string()));
    fc.assert(
      fc.property(
        fc.constantFrom(...messageKeys()),
        fc.dictionary(fc.constantFrom('port', 'command', 'timeoutMs', 'x'), fact),
        (key, facts) =>
          !/undefined|\[object/u.test(say({ key, facts }, locale)) ||
          JSON.stringify(facts).includes('undefined'),
      ),
    );
  });
});

describe('text from a device', () => {
  it('loses terminal escapes, controls and bidi marks', () => {
    expect(cleanText('\u001b[31mred\u001b[0m\u001b]0;title\u0007 a\r\nb\u202ec\u0000')).toBe(
      'red a bc',
    );
  });

  it.each([
    ['an emoji of several parts', '👩‍🍳 👨‍👩‍👧 ❤️‍🔥'],
    ['a Persian name', 'نان‌وایی'],
  ])('keeps the joiners of %s', (_what, text) => {
    expect(cleanText(text)).toBe(text);
  });

  it('loses joiners that join nothing', () => {
    expect(cleanText('sh\u200dop \u200cA\u200d')).toBe('shop A');
  });

  it('is cut, not between the halves of a character', () => {
    expect(cleanText('😀'.repeat(10), 6)).toBe('😀😀…');
  });

  it('is safe and bounded whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (text) => {
        const clean = cleanText(text, 100);
        return clean.length <= 100 && !/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(clean);
      }),
    );
  });
});
