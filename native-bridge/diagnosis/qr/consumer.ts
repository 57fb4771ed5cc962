/**
 * A payer's code of EMVCo's kind, object by object. It pays and it names the payer, so only what is
 * known to do neither is shown.
 */
import type { Sentence } from '../../contract/common.ts';
import type { QrCode, QrField } from '../../contract/qr.ts';
import {
  hexOf,
  inspectConsumerPresented,
  type ConsumerFault,
  type ConsumerNode,
} from '../../protocols/emvco/index.ts';
import { perLocale, say, sentence, snakeOfKebab, words } from '../../wording/index.ts';
import { languageNamed, named, schemeName } from './names-of.ts';
import { visible } from './visible.ts';

/** How many characters of the base64 are shown: what all of them begin with. */
const shownCharacters = 9;

/** EMV 4.3 Book 3, annex A; QRCPS Consumer-Presented Mode v1.1, tables 4.1 to 4.5. */
const names: ReadonlyMap<string, Sentence> = new Map([
  ['85', sentence('qr_tag_85', {})],
  ['61', sentence('qr_tag_61', {})],
  ['62', sentence('qr_tag_62', {})],
  ['63', sentence('qr_tag_63', {})],
  ['64', sentence('qr_tag_64', {})],
  ['4F', sentence('qr_tag_4f', {})],
  ['50', sentence('qr_tag_50', {})],
  ['57', sentence('qr_tag_57', {})],
  ['5A', sentence('qr_tag_5a', {})],
  ['82', sentence('qr_tag_82', {})],
  ['5F20', sentence('qr_tag_5f20', {})],
  ['5F2D', sentence('qr_tag_5f2d', {})],
  ['5F34', sentence('qr_tag_5f34', {})],
  ['5F50', sentence('qr_tag_5f50', {})],
  ['9F08', sentence('qr_tag_9f08', {})],
  ['9F10', sentence('qr_tag_9f10', {})],
  ['9F19', sentence('qr_tag_9f19', {})],
  ['9F24', sentence('qr_tag_9f24', {})],
  ['9F25', sentence('qr_tag_9f25', {})],
  ['9F26', sentence('qr_tag_9f26', {})],
  ['9F27', sentence('qr_tag_9f27', {})],
  ['9F36', sentence('qr_tag_9f36', {})],
  ['9F37', sentence('qr_tag_9f37', {})],
  ['9F74', sentence('qr_tag_9f74', {})],
]);

const asText: ReadonlySet<string> = new Set(['85', '50', '5F2D']);
/** All others pay, or name the payer, or are not known to do neither. */
const asHex: ReadonlySet<string> = new Set(['4F', '82', '9F08', '9F25', '9F27', '9F36']);

export function inspectConsumer(text: string): QrCode {
  const { nodes, faults } = inspectConsumerPresented(text);
  const [scheme] = nodes.flatMap(({ children }) => children ?? []).flatMap(schemeOf);
  const what =
    scheme === undefined
      ? sentence('qr_payer_emvco', {})
      : sentence('qr_payer_emvco_of', { scheme });
  return {
    text: text.slice(0, shownCharacters) + '*'.repeat(Math.max(0, text.length - shownCharacters)),
    kind: 'payer',
    what,
    fields: nodes.flatMap((node) => fieldsOf(node, 0, faults)),
    checksum: null,
    faults: faults.map(faultWords),
    cautions: [],
    notes: [sentence('qr_note_payer', {}), sentence('qr_note_payer_once', {})],
  };
}

const schemeOf = ({ tag, value }: ConsumerNode): string[] => {
  const name = tag === '4F' ? schemeName(hexOf(value)) : null;
  return name === null ? [] : [name];
};

const nameOf = (tag: string): Sentence => names.get(tag) ?? sentence('qr_field_other', { id: tag });

function fieldsOf(node: ConsumerNode, depth: number, faults: readonly ConsumerFault[]): QrField[] {
  const { path, tag, at, value, children } = node;
  const isWrong = faults.some((fault) => fault.path === path && (fault.at ?? at) === at);
  const field = { path, depth, name: nameOf(tag), mark: isWrong ? ('fail' as const) : null };
  if (children !== null) {
    const within = children.flatMap((child) => fieldsOf(child, depth + 1, faults));
    return [{ ...field, value: null, meaning: null }, ...within];
  }
  return [{ ...field, value: shown(tag, value), meaning: meaningOf(tag, value) }];
}

function shown(tag: string, value: Uint8Array): string {
  if (asText.has(tag)) return visible(new TextDecoder().decode(value));
  return asHex.has(tag) ? hexOf(value) : '***';
}

function meaningOf(tag: string, value: Uint8Array): Sentence | null {
  if (tag === '4F') return named(schemeName(hexOf(value)));
  if (tag === '5F2D') return languageNamed(new TextDecoder().decode(value.subarray(0, 2)));
  if (asText.has(tag) || asHex.has(tag)) return null;
  return sentence('qr_value_hidden', { lengthBytes: value.length });
}

function faultWords({ problem, path, at }: ConsumerFault): Sentence {
  const key = `emvco_${snakeOfKebab(problem)}` as const;
  const text = perLocale((locale) => words(key, {}, locale));
  if (path === null && at !== null)
    return sentence('qr_fault_byte', { problem: text, byte: at + 1 });
  if (path === null) return sentence('qr_fault', { problem: text });
  const tag = path.slice(path.lastIndexOf('.') + 1);
  const name = perLocale((locale) => say(nameOf(tag), locale));
  return sentence('qr_fault_field', { problem: text, path, name });
}
