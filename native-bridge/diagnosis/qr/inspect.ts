/**
 * What a payment code says. EMVCo's rules hold for EMVCo's codes alone: of a web address, the usual
 * code on the Chinese mainland, the platform can be named; of a payer's digits, the wallet.
 */
import type { QrCode, QrField } from '../../contract/qr.ts';
import type { Sentence } from '../../contract/common.ts';
import {
  inspectMerchantPresented,
  looksMerchantPresented,
  walletOfPaymentCode,
  type EmvcoFault,
  type EmvcoNode,
} from '../../protocols/emvco/index.ts';
import { maskCardsAndNamed, maskDigitRuns, maskSecrets } from '../../protocols/masking.ts';
import { perLocale, say, sentence, snakeOfKebab, words } from '../../wording/index.ts';
import { fieldMeaning, fieldName } from './field-names.ts';
import { hostOf, platformOf } from './places.ts';

/** The shortest card number, and the shortest of a payer's codes. */
const cardDigits = 13;
const payerDigits = 16;

/** Never throws. */
export function inspectQr(raw: string): QrCode {
  const text = bare(raw);
  if (looksMerchantPresented(text)) return merchantPresented(text);
  const digits = text.normalize('NFKC').replaceAll(/[\s-]/gu, '');
  const wallet = walletOfPaymentCode(digits);
  if (wallet !== null) {
    const shown = maskDigitRuns(digits, payerDigits);
    const what = sentence(`qr_payer_${wallet}`, {});
    return { ...plain('payer', what), text: shown, notes: [sentence('qr_note_payer', {})] };
  }
  if (/^[a-z][a-z0-9+.-]{0,31}:\/\//iu.test(text)) return address(text);
  const hidden = maskDigitRuns(maskSecrets(text.normalize('NFKC')), payerDigits);
  return { ...plain('other', sentence('qr_other', {})), text: hidden };
}

/** As a person copies it: with quotes around it, or the sentence's last mark. */
export function bare(raw: string): string {
  return raw.trim().replace(/^["'“‘「]+|["'”’」,，.。;；]+$/gu, '');
}

function plain(kind: QrCode['kind'], what: Sentence): Omit<QrCode, 'text'> {
  return { kind, what, fields: [], checksum: null, faults: [], notes: [] };
}

function address(text: string): QrCode {
  const platform = platformOf(text);
  const what =
    platform === null ? sentence('qr_address', { host: hostOf(text) }) : sentence(platform, {});
  // Native's first mode holds a product in place of an order, and lasts.
  const expires = platform === 'qr_platform_wechat_order' && /[?&]pr=/.test(text);
  const notes = [
    ...(expires ? [sentence('qr_note_order_expires', {})] : []),
    sentence('qr_note_address', {}),
  ];
  return { ...plain('address', what), text: maskCardsAndNamed(text), notes };
}

function merchantPresented(text: string): QrCode {
  const { nodes, checksum, faults } = inspectMerchantPresented(text);
  const initiation = nodes.find(({ path }) => path === '01')?.value;
  const what =
    initiation === '11'
      ? sentence('qr_emvco_static', {})
      : initiation === '12'
        ? sentence('qr_emvco_dynamic', {})
        : sentence('qr_emvco', {});
  const { expected, found } = checksum;
  return {
    text: maskedCode(text, nodes),
    kind: 'merchant-presented',
    what,
    fields: nodes.flatMap((node) => fieldsOf(node, 0)),
    checksum: { expected, found, good: found !== null && found === expected },
    faults: faults.map(faultWords),
    notes: [],
  };
}

/**
 * Each value by itself: a length written before a card number would hide that it is one. What could
 * not be taken apart has no such borders; there every long run of digits is hidden.
 */
function maskedCode(text: string, nodes: readonly EmvcoNode[]): string {
  const characters = Array.from(text);
  let out = '';
  let upTo = 0;
  for (const { at, value, children } of nodes.flatMap(leavesOf)) {
    const before = characters.slice(upTo, at + headCharacters).join('');
    const own = children === null ? maskCardsAndNamed(value) : maskDigitRuns(value, cardDigits);
    out += maskDigitRuns(before, cardDigits) + own;
    upTo = at + headCharacters + Array.from(value).length;
  }
  return out + maskDigitRuns(characters.slice(upTo).join(''), cardDigits);
}

const headCharacters = 4;

function leavesOf(node: EmvcoNode): readonly EmvcoNode[] {
  const { children } = node;
  return children === null || children.length === 0 ? [node] : children.flatMap(leavesOf);
}

function fieldsOf({ path, value, children }: EmvcoNode, depth: number): QrField[] {
  const name = fieldName(path);
  if (children === null) {
    return [
      { path, depth, name, value: maskCardsAndNamed(value), meaning: fieldMeaning(path, value) },
    ];
  }
  const within = children.flatMap((child) => fieldsOf(child, depth + 1));
  // A template that holds nothing readable shows what it holds.
  const raw = within.length === 0 ? maskDigitRuns(value, cardDigits) : null;
  return [{ path, depth, name, value: raw, meaning: null }, ...within];
}

function faultWords({ problem, path, at }: EmvcoFault): Sentence {
  const key = `emvco_${snakeOfKebab(problem)}` as const;
  const text = perLocale((locale) => words(key, {}, locale));
  if (path === null) return sentence('qr_fault', { problem: text });
  const name = perLocale((locale) => say(fieldName(path), locale));
  if (at === null) return sentence('qr_fault_field', { problem: text, path, name });
  return sentence('qr_fault_at', { problem: text, path, name, character: at + 1 });
}
