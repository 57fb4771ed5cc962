import { describe, expect, it } from 'vitest';
import { faultCodeSchema, type FaultCode } from '../../native-bridge/contract/fault.ts';
import { faultVariants } from '../../native-bridge/wording/faults.ts';
import { faultWords } from '../../native-bridge/wording/index.ts';
import { locales, allMessages, messagesOf, parametersOf } from './messages.ts';

const codes = faultCodeSchema.options;
const snake = (code: FaultCode): string => `fault_${code.replaceAll('-', '_')}`;

describe.each(locales)('fault words in %s', (locale) => {
  const messages = messagesOf('faults', locale);

  it.each(codes)('%s says what happened and what next, in every variant', (code) => {
    const variants = [['', []], ...(faultVariants[code] ?? [])] as const;
    for (const [suffix, needs] of variants) {
      const facts = Object.fromEntries(
        ['port', ...needs].map((name) => [name, /Ms$|Bytes$/u.test(name) ? 1500 : `«${name}»`]),
      );
      const { what, next } = faultWords({ code, facts }, locale);
      for (const words of [what, next]) {
        expect(words).not.toMatch(/\[|undefined|未说明|not given/u);
      }
      const key = suffix === '' ? snake(code) : `${snake(code)}_${suffix}`;
      for (const name of parametersOf(messages[key] ?? '')) {
        expect(what).toContain(/Ms$|Bytes$/u.test(name) ? '1.5' : `«${name}»`);
      }
    }
  });

  it.each(codes)('%s never shows a hole when it comes without facts', (code) => {
    const { what, next } = faultWords({ code, facts: {} }, locale);
    expect(`${what}${next}`).not.toMatch(/undefined|\[fault/u);
  });
});

it('a variant needs exactly the facts that its message and its next step name', () => {
  const messages = Object.fromEntries(allMessages('en'));
  for (const [code, variants] of Object.entries(faultVariants)) {
    for (const [suffix, needs] of variants) {
      const key = `${snake(code as FaultCode)}_${suffix}`;
      const said = [messages[key] ?? 'missing', messages[`${key}_next`] ?? ''];
      const named = new Set(said.flatMap((message) => parametersOf(message)));
      expect({ key, needs: [...named].sort() }).toEqual({ key, needs: [...needs].sort() });
    }
  }
});

it('no message of a fault is out of reach', () => {
  const reachable = codes.flatMap((code) => {
    const keys = [
      snake(code),
      ...(faultVariants[code] ?? []).map(([suffix]) => `${snake(code)}_${suffix}`),
    ];
    return keys.flatMap((key) => [key, `${key}_next`, `${key}_next_shell`]);
  });
  // Words of facts are found by the facts' own codes.
  const faults = Object.keys(messagesOf('faults', 'en')).filter((k) => !k.startsWith('fact_'));
  expect(faults.filter((key) => !reachable.includes(key))).toEqual([]);
});

it('a port that is held says by whom when the system tells', () => {
  const facts = { port: '/dev/ttyUSB0', holder: 'ModemManager', pid: 12345 };
  expect(faultWords({ code: 'port-busy', facts }, 'en').what).toBe(
    'ModemManager (process 12345) is using port /dev/ttyUSB0',
  );
  expect(faultWords({ code: 'port-busy', facts: { port: 'COM7' } }, 'en').what).toBe(
    'Another program is using port COM7',
  );
});

it.each(locales)('what is typed in a shell is not said in the window, in %s', (locale) => {
  const refused = { code: 'backup-other-terminal' as const, facts: {} };
  expect(faultWords(refused, locale, 'shell').next).toContain('--other-terminal');
  expect(faultWords(refused, locale, 'window').next).not.toContain('--');
});
