/** A merchant's code of EMVCo's kind: its fields as a tree, and all that breaks the specification. */
import type { Sentence } from '../../contract/common.ts';
import type { QrCode, QrField } from '../../contract/qr.ts';
import {
  inspectMerchantPresented,
  type EmvcoFault,
  type EmvcoInspection,
  type EmvcoNode,
} from '../../protocols/emvco/index.ts';
import { maskCardsAndNamed, maskDigitRuns } from '../../protocols/masking.ts';
import { perLocale, say, sentence, snakeOfKebab, words } from '../../wording/index.ts';
import { fieldMeaning, fieldName } from './field-names.ts';
import { visible, visibleAndMasked } from './visible.ts';

/** The shortest card number. */
const cardDigits = 13;

export function inspectMerchant(text: string): QrCode {
  const inspection = inspectMerchantPresented(text);
  const { nodes, faults, cautions } = inspection;
  const valueOf = (path: string) => nodes.find((node) => node.path === path)?.value;
  const initiation = valueOf('01');
  const { expected, found } = inspection.checksum;
  return {
    text: visible(maskedCode(text, nodes)),
    kind: 'merchant-presented',
    what: whatItIs(initiation),
    fields: nodes.flatMap((node) => fieldsOf(node, 0, inspection)),
    checksum: { expected, found, good: found !== null && found === expected },
    faults: faults.map((fault) => faultWords(fault, inspection)),
    cautions: [
      ...cautions.map((caution) => faultWords(caution, inspection)),
      ...cautionsOfUse(initiation, valueOf('54'), nodes),
    ],
    notes:
      initiation === '12' && valueOf('54') === undefined ? [sentence('qr_note_no_amount', {})] : [],
  };
}

function whatItIs(initiation: string | undefined): Sentence {
  if (initiation === '11') return sentence('qr_emvco_static', {});
  return initiation === '12' ? sentence('qr_emvco_dynamic', {}) : sentence('qr_emvco', {});
}

function cautionsOfUse(
  initiation: string | undefined,
  amount: string | undefined,
  nodes: readonly EmvcoNode[],
): Sentence[] {
  const additional = nodes.find(({ path }) => path === '62')?.children;
  const medium = additional?.find(({ path }) => path === '62.11')?.value ?? '';
  const isPrinted = /^[0-3]/.test(medium);
  return [
    ...(initiation === '11' && amount !== undefined
      ? [sentence('qr_caution_static_amount', { amount: visible(amount) })]
      : []),
    ...(initiation === '12' && isPrinted ? [sentence('qr_caution_printed_dynamic', {})] : []),
  ];
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

function fieldsOf(node: EmvcoNode, depth: number, inspection: EmvcoInspection): QrField[] {
  const { path, value, children } = node;
  const field = { path, depth, name: fieldName(path), mark: markOf(node, inspection) };
  if (children === null) {
    const shown = visibleAndMasked(value, maskCardsAndNamed);
    return [{ ...field, value: shown, meaning: fieldMeaning(path, value) }];
  }
  const within = children.flatMap((child) => fieldsOf(child, depth + 1, inspection));
  // A template that holds nothing readable shows what it holds.
  const raw = within.length === 0 ? visible(maskDigitRuns(value, cardDigits)) : null;
  return [{ ...field, value: raw, meaning: null }, ...within];
}

function markOf({ path, at }: EmvcoNode, { faults, cautions }: EmvcoInspection): QrField['mark'] {
  const isAbout = (fault: EmvcoFault) => fault.path === path && (fault.at ?? at) === at;
  if (faults.some(isAbout)) return 'fail';
  return cautions.some(isAbout) ? 'warn' : null;
}

function faultWords({ problem, path, at }: EmvcoFault, { checksum }: EmvcoInspection): Sentence {
  const { expected, found } = checksum;
  if (problem === 'crc-wrong' && expected !== null && found !== null) {
    return sentence('qr_fault_crc', { expected, found });
  }
  const key = `emvco_${snakeOfKebab(problem)}` as const;
  const text = perLocale((locale) => words(key, {}, locale));
  if (path === null) return sentence('qr_fault', { problem: text });
  const name = perLocale((locale) => say(fieldName(path), locale));
  if (at === null) return sentence('qr_fault_field', { problem: text, path, name });
  return sentence('qr_fault_at', { problem: text, path, name, character: at + 1 });
}
