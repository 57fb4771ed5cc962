import { describe, expect, it } from 'vitest';
import { chinesePunctuation } from '../../build/punctuation.ts';
import { allMessages, areas, locales, messagesOf, parametersOf } from './messages.ts';

const unitAfterParameter =
  /\{\w*(?:Ms|Seconds|Bytes|Percent|Dbm|Celsius|Millivolts|PerSecond)\}\s*(?:ms|s|%|dBm|°C|mV|[KMG]?B|秒|毫秒|字节|seconds|bytes)(?![\w-])/u;

describe('the messages', () => {
  it.each(areas)('of %s have the same keys and parameters in both languages', (area) => {
    const zh = messagesOf(area, 'zh-CN');
    const en = messagesOf(area, 'en');
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
    for (const [key, text] of Object.entries(zh)) {
      expect({ key, parameters: [...new Set(parametersOf(text))] }).toEqual({
        key,
        parameters: [...new Set(parametersOf(en[key] ?? ''))],
      });
    }
  });

  it('stand in one area only', () => {
    const keys = allMessages('en').map(([key]) => key);
    expect(keys.filter((key, place) => keys.indexOf(key) !== place)).toEqual([]);
  });

  it.each(locales)('in %s are not empty, and neither shout nor beg', (locale) => {
    const wrong = allMessages(locale).filter(
      ([, text]) => text.trim() === '' || /[!\uff01]|请(?!求)|\bplease\b/iu.test(text),
    );
    expect(wrong).toEqual([]);
  });

  it.each(locales)('in %s leave the unit to the parameter', (locale) => {
    expect(allMessages(locale).filter(([, text]) => unitAfterParameter.test(text))).toEqual([]);
  });

  it('in Chinese use Chinese punctuation', () => {
    // `node build/punctuation.ts` puts it right.
    const wrong = allMessages('zh-CN').filter(([, text]) => chinesePunctuation(text) !== text);
    expect(wrong).toEqual([]);
  });
});
