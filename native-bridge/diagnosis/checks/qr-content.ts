/**
 * The content of a displayed code against the settings: whole, for this merchant, from this
 * terminal, in this currency, static or dynamic as set. EMVCo rules hold for EMVCo codes only; an
 * address is compared as a whole with the expected one, where there is one.
 */
import type { CheckInput } from '../input.ts';
import { isSameCurrency } from '../currency.ts';
import { observe, type Observation } from '../check.ts';
import { fromReadings } from '../evidence.ts';
import { expectedOf, settingsBehind } from '../expected.ts';
import { modeWords } from '../mode-words.ts';
import { isSameCode, placeOf } from '../qr/address.ts';
import { namesMerchant, payeeName, paysMerchant, type QrPayload } from '../qr-payload.ts';
import type { MerchantPresented } from '../../protocols/emvco/index.ts';
import { perLocale, snakeOfKebab, words } from '../../wording/index.ts';
import type { ReadingName } from '../../contract/reading.ts';

interface Context {
  readonly mode: string | null;
  /** Settings of the code that differ from what they should be: the likely reason. */
  readonly wrongKeys: readonly string[];
  /** The acquirer has no merchant of the number that is set. */
  readonly isMerchantUnknown: boolean;
}

export function contentFaults(
  input: CheckInput,
  payload: QrPayload,
  context: Context,
): Observation[] {
  const evidence = fromReadings(input, 'qr.payload');
  switch (payload.kind) {
    case 'broken': {
      const key = `emvco_${snakeOfKebab(payload.problem)}` as const;
      const problem = perLocale((locale) => words(key, {}, locale));
      return [observe('qr-payload-broken', { problem }, { evidence })];
    }
    case 'emvco':
      return emvcoFaults(input, payload.code, context);
    case 'address': {
      const expected = expectedOf(input, 'qr.payload');
      if (expected === null || isSameCode(payload.text, expected)) return [];
      const facts = { found: placeOf(payload.text), expected: placeOf(expected) };
      const settings = settingsBehind(input, 'qr.payload');
      return [observe('qr-payload-other-code', facts, { evidence, settings })];
    }
    case 'customer':
    case 'other':
      return [];
  }
}

function emvcoFaults(input: CheckInput, code: MerchantPresented, context: Context): Observation[] {
  const evidence = fromReadings(input, 'qr.payload');
  const settings = context.wrongKeys;
  const found: Observation[] = [];
  const number = should(input, 'payment.merchantNumber');
  const name = should(input, 'payment.merchantName');
  const named = name !== null && namesMerchant(code, name);
  const isOther = number !== null && !paysMerchant(code, number) && !named;
  // Made from a number that nobody has it pays nobody: the number is what is wrong.
  const paysNobody = isOther && context.isMerchantUnknown && paysMerchant(code, own(input));
  const paysAnother = isOther && !paysNobody;
  if (paysAnother) {
    const facts = { payee: payeeName(code) };
    found.push(observe('qr-payload-other-merchant', facts, { evidence, settings }));
  }
  const terminal = should(input, 'payment.terminalNumber');
  const label = code.additional.get('07');
  // Three stars ask the wallet to have the payer type it. Another merchant has other terminals.
  const namesTerminal = label !== undefined && label !== '***' && !paysAnother;
  if (terminal !== null && namesTerminal && label !== terminal) {
    const facts = { found: label, expected: terminal };
    found.push(observe('qr-payload-other-terminal', facts, { evidence, settings }));
  }
  const agreed = input.model.expected.currency ?? 'CNY';
  if (code.country === 'CN' && !isSameCurrency(code.currency, agreed)) {
    found.push(observe('qr-currency', { currency: code.currency }, { evidence }));
  }
  const { mode } = context;
  if (mode !== null && mode !== '' && code.initiation !== null && code.initiation !== mode) {
    const facts = { mode: modeWords(mode), shown: modeWords(code.initiation) };
    const both = [...evidence, ...fromReadings(input, 'qr.mode')];
    found.push(observe('qr-payload-mode', facts, { evidence: both }));
  }
  return found;
}

/** True where the content itself says so; an address only where the expected one is known. */
export function paysThisShop(input: CheckInput, payload: QrPayload): boolean {
  if (payload.kind === 'address') {
    const expected = expectedOf(input, 'qr.payload');
    return expected !== null && isSameCode(payload.text, expected);
  }
  if (payload.kind !== 'emvco') return false;
  const number = should(input, 'payment.merchantNumber');
  const name = should(input, 'payment.merchantName');
  return (
    (number !== null && paysMerchant(payload.code, number)) ||
    (name !== null && namesMerchant(payload.code, name))
  );
}

/** The merchant number that the terminal has; empty where it has none. */
const own = (input: CheckInput): string =>
  String(input.readings.get('payment.merchantNumber')?.value ?? '');

/** What it should be; where nothing says so, what the terminal has. */
function should(input: CheckInput, name: ReadingName): string | null {
  const read = input.readings.get(name)?.value ?? null;
  return expectedOf(input, name) ?? (read === null ? null : String(read));
}
