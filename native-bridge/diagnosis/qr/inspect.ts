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
import { maskSecrets } from '../../protocols/masking.ts';
import { perLocale, say, sentence, snakeOfKebab, words } from '../../wording/index.ts';
import { placeOf } from '../qr-payload.ts';
import { fieldMeaning, fieldName } from './field-names.ts';
import { platformOf } from './places.ts';

/** Digits that tell the wallet; the rest of a payer's code is money. */
const shownDigits = 2;

/** Never throws. */
export function inspectQr(text: string): QrCode {
  const trimmed = text.trim();
  if (looksMerchantPresented(trimmed)) return merchantPresented(trimmed);
  const wallet = walletOfPaymentCode(trimmed);
  if (wallet !== null) {
    const shown = trimmed.slice(0, shownDigits) + '*'.repeat(trimmed.length - shownDigits);
    const what = sentence(`qr_payer_${wallet}`, {});
    return { ...plain('payer', what), text: shown, notes: [sentence('qr_note_payer', {})] };
  }
  if (/^[a-z][a-z0-9+.-]{0,31}:\/\//iu.test(trimmed)) return address(trimmed);
  return { ...plain('other', sentence('qr_other', {})), text: maskSecrets(trimmed) };
}

function plain(kind: QrCode['kind'], what: Sentence): Omit<QrCode, 'text'> {
  return { kind, what, fields: [], checksum: null, faults: [], notes: [] };
}

function address(text: string): QrCode {
  const platform = platformOf(text);
  const what =
    platform === null
      ? sentence('qr_address', { host: placeOf(text).split('/')[0] ?? '' })
      : sentence(platform, {});
  const expires = platform === 'qr_platform_wechat_order';
  const notes = [
    ...(expires ? [sentence('qr_note_order_expires', {})] : []),
    sentence('qr_note_address', {}),
  ];
  return { ...plain('address', what), text: maskSecrets(text), notes };
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

/** Each value by itself: a length written before a card number would hide that it is one. */
function maskedCode(text: string, nodes: readonly EmvcoNode[]): string {
  const characters = Array.from(text);
  let out = '';
  let upTo = 0;
  for (const { at, value } of nodes.flatMap(leavesOf)) {
    out += characters.slice(upTo, at + headCharacters).join('') + maskSecrets(value);
    upTo = at + headCharacters + Array.from(value).length;
  }
  return out + maskSecrets(characters.slice(upTo).join(''));
}

const headCharacters = 4;

function leavesOf(node: EmvcoNode): readonly EmvcoNode[] {
  const { children } = node;
  return children === null || children.length === 0 ? [node] : children.flatMap(leavesOf);
}

function fieldsOf({ path, value, children }: EmvcoNode, depth: number): QrField[] {
  const name = fieldName(path);
  if (children === null) {
    return [{ path, depth, name, value: maskSecrets(value), meaning: fieldMeaning(path, value) }];
  }
  const within = children.flatMap((child) => fieldsOf(child, depth + 1));
  // A template that holds nothing readable shows what it holds.
  const raw = within.length === 0 ? maskSecrets(value) : null;
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
