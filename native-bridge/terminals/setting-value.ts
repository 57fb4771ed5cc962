/** Whether a value may be given to a setting: by its type, allowed values, range, form and length. */
import type { Facts, Sentence } from '../contract/common.ts';
import { say, sentence } from '../wording/index.ts';
import type { Setting } from './profile.ts';
import { hasInvisible } from './yaml/tree.ts';

export type SettingRules = Pick<Setting, 'type' | 'allowed' | 'range' | 'pattern' | 'maxBytes'>;

/** What was expected instead, as a noun phrase; null: the value is fine. */
export function checkSettingValue(rules: SettingRules, value: string): Sentence | null {
  if (hasInvisible(value)) return sentence('expects_plain_text', {});
  if (new TextEncoder().encode(value).length > rules.maxBytes) {
    return sentence('expects_text', { maxBytes: rules.maxBytes });
  }
  if (rules.allowed.length > 0 && !rules.allowed.includes(value)) {
    return sentence('expects_choice', { choices: [...rules.allowed] });
  }
  switch (rules.type) {
    case 'boolean':
      return value === 'true' || value === 'false' ? null : sentence('expects_boolean', {});
    case 'integer':
      return checkInteger(rules, value);
    case 'choice':
      return null;
    case 'text':
      if (rules.pattern === null || rules.pattern.takesWhole(value)) return null;
      return sentence('expects_form', { pattern: rules.pattern.source });
  }
}

/** Written one way only, so that what is read back can be compared as text. */
function checkInteger({ range }: SettingRules, value: string): Sentence | null {
  const { min, max } = range ?? { min: -2_147_483_648, max: 4_294_967_295 };
  const isInteger = /^(?:0|-?[1-9]\d{0,14})$/.test(value);
  if (isInteger && Number(value) >= min && Number(value) <= max) return null;
  return sentence('expects_integer', { min, max });
}

/** An expectation as facts of a fault: in each language, and in English for who reads the facts. */
export function expectationFacts(expectation: Sentence): Facts {
  const en = say(expectation, 'en');
  return { expected: en, 'expected.en': en, 'expected.zh-CN': say(expectation, 'zh-CN') };
}
