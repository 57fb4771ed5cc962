/**
 * The words of a fault: what happened and where, and what to do next. Each code has a pair of
 * messages; where more is known (who holds the port, which line of the file) a variant says it.
 * A variant is used only when all its facts are there.
 */
import type { Locale } from '../contract/common.ts';
import type { Fault, FaultCode } from '../contract/fault.ts';
import { isMessageKey, snakeOfKebab, type KebabToSnake, type MessageKey } from './catalogue.ts';
import { readingNameSchema } from '../contract/reading.ts';
import { readingLabel } from './readings.ts';
import { say } from './say.ts';

/** Fails to compile while a code has no words. */
const keyOf = (code: FaultCode): MessageKey & `fault_${KebabToSnake<FaultCode>}` =>
  `fault_${snakeOfKebab(code)}`;

/** Suffix of the variant's key, and the facts it needs; the first that fits is used. */
type Variants = readonly (readonly [suffix: string, needs: readonly string[]])[];

const byCommand: Variants = [['command', ['command']]];
const byFile: Variants = [['file', ['file']]];
const byPlace: Variants = [['at', ['file', 'line', 'expected', 'found']], ...byFile];
const bySize: Variants = [['size', ['sizeBytes', 'maxBytes']]];

export const faultVariants: Readonly<Partial<Record<FaultCode, Variants>>> = {
  'port-busy': [
    ['by', ['port', 'holder', 'pid']],
    ['holder', ['port', 'holder']],
  ],
  'port-forbidden': [
    ['group', ['port', 'group']],
    ['node', ['port', 'node']],
  ],
  'port-adb-server': [['pid', ['port', 'pid']]],
  'readings-lost': [['named', ['readings']]],
  'time-zone-by-hand': [['found', ['needs', 'found']]],
  'proxy-managed': [['found', ['proxy', 'owner']]],
  'wifi-by-hand': [['found', ['needs', 'found']]],
  'wifi-not-joined': [['ssid', ['ssid', 'timeoutMs']]],
  'wifi-password-replaced': [['ssid', ['ssid']]],
  'wifi-carries-connection': [['port', ['port']]],
  'recording-invalid': [['at', ['file', 'line']]],
  'not-recorded': [['asked', ['command', 'asked']], ...byCommand],
  'terminal-owned': [
    ['by', ['holder', 'pid']],
    ['pid', ['pid']],
  ],
  'door-unfit': [['needs', ['door', 'needs']]],
  'terminal-busy': [['doing', ['doing']]],
  'reply-timeout': [['after', ['command', 'timeoutMs']], ...byCommand],
  'reply-malformed': [['answer', ['command', 'door']], ['door', ['door']], ...byCommand],
  'samples-too-few': [['command', ['command', 'samples', 'needed']]],
  'probe-failed': [['asked', ['asked']]],
  'command-refused': [
    ['meaning', ['command', 'meaning', 'rc']],
    ['group', ['command', 'group', 'rc']],
    ['rc', ['command', 'rc']],
    ['words', ['command', 'words']],
    ...byCommand,
    ['service', ['service']],
  ],
  'command-unsupported': byCommand,
  'bootloader-locked': [['words', ['command', 'words']]],
  'message-too-large': bySize,
  'adb-locked-down': [
    ['reversible', ['model', 'reversibleBy']],
    ['ends_trading', ['model', 'endsTradingBy']],
    ['unproven', ['model', 'unprovenBy']],
  ],
  'adb-tap-timeout': [['after', ['timeoutMs']]],
  'adb-key-exposed': byFile,
  'adb-key-unguarded': [['folder', ['folder']]],
  'transfer-refused': [['text', ['path', 'text']]],
  'output-too-large': [['command', ['command', 'maxBytes']]],
  'sideload-refused': [['status', ['status']]],
  'app-blocked': [['list', ['blockers']]],
  'app-not-installed': [['named', ['package']]],
  'app-not-fresh': [['named', ['package']]],
  'cache-inseparable': [['named', ['package']]],
  'terminal-unknown': [['port', ['port']]],
  'terminal-replaced': [['serial', ['expected', 'found']]],
  'file-missing': byFile,
  'file-unreadable': [['folder', ['folder']], ...byFile],
  'file-not-written': byFile,
  'file-too-large': [
    ['picture', ['picture', 'sizeBytes', 'maxBytes']],
    ['size', ['file', 'sizeBytes', 'maxBytes']],
  ],
  'file-changed': [['picture', ['picture']]],
  'picture-unknown': [['kind', ['file', 'pictureKind']], ...byFile],
  'picture-damaged': byFile,
  'picture-too-large': [['size', ['file', 'widthPixels', 'heightPixels', 'maxMegapixels']]],
  'logo-too-large': [
    ['size', ['file', 'widthPixels', 'heightPixels', 'sizeBytes', 'sidePixels', 'maxBytes']],
  ],
  'shop-key-damaged': byFile,
  'public-key-unreadable': byFile,
  'print-failed': [['why', ['reason']]],
  'print-timeout': [['after', ['timeoutMs']]],
  'picture-too-slow': [['after', ['file', 'timeoutMs']]],
  'qr-not-shown': [['customer', ['presented']]],
  'image-not-mcuboot': [['kind', ['kind']]],
  'image-malformed': [['why', ['why']]],
  'image-truncated': [['size', ['expectedBytes', 'sizeBytes']]],
  'image-too-large': bySize,
  'image-older': [['versions', ['version', 'installed']]],
  'image-wrong-model': [['names', ['expected', 'found']]],
  'package-malformed': [
    ['entry', ['entry', 'why']],
    ['why', ['why']],
  ],
  'key-unreadable': [['why', ['file', 'why']], ...byFile],
  'flash-blocked': [['list', ['blockers']]],
  'upload-stalled': [['at', ['offsetBytes']]],
  'upload-refused': [
    ['meaning', ['meaning', 'rc']],
    ['rc', ['rc']],
  ],
  'profile-missing': [['name', ['profile']]],
  'profile-invalid': byPlace,
  'merchant-invalid': byPlace,
  'rules-invalid': byPlace,
  'card-unknown': [['named', ['card', 'cards']]],
  'setting-unknown': [['key', ['key']]],
  'setting-value-invalid': [
    ['expected', ['key', 'expected']],
    ['key', ['key']],
  ],
  'setting-not-applied': [
    ['found', ['key', 'expected', 'found']],
    ['key', ['key']],
  ],
  'setting-changed-since': [
    ['found', ['key', 'expected', 'found']],
    ['key', ['key']],
  ],
  'backup-damaged': byFile,
  'backup-newer': [['format', ['found', 'expected']]],
  'backup-other-model': [['names', ['found', 'expected']]],
  'backup-other-terminal': [['serial', ['found', 'expected']]],
  'data-folder-unwritable': [['folder', ['folder']]],
  'moved-note-unreadable': byFile,
  'disk-full': [['folder', ['folder']], ...byFile],
  'records-damaged': [['file', ['file']]],
  'records-newer': [['schema', ['found', 'expected']]],
  'bad-request': [
    ['at', ['path']],
    ['expected', ['expected']],
  ],
  'simulator-failed': [['reason', ['reason']]],
};

/** What happened, and what to do next, in words. In a shell some next steps are typed. */
export function faultWords(
  fault: Pick<Fault, 'code' | 'facts'>,
  locale: Locale,
  host: 'window' | 'shell' = 'window',
): { what: string; next: string } {
  const facts = called(fault.facts, locale);
  const base = keyOf(fault.code);
  const variant = faultVariants[fault.code]?.find(([, needs]) =>
    needs.every((name) => facts[name] !== undefined),
  );
  const what = variant === undefined ? base : `${base}_${variant[0]}`;
  const ofVariant = isMessageKey(`${what}_next`) ? `${what}_next` : `${base}_next`;
  const typed = `${ofVariant}_shell`;
  const next = host === 'shell' && isMessageKey(typed) ? typed : ofVariant;
  return { what: say({ key: what, facts }, locale), next: say({ key: next, facts }, locale) };
}

/** Readings as the views call them; one that was asked for stands as the command. */
function called(facts: Fault['facts'], locale: Locale): Fault['facts'] {
  const names = readingNameSchema.array().safeParse(facts['readings']);
  const command = readingNameSchema.safeParse(facts['command']);
  return {
    ...facts,
    ...(names.success && { readings: names.data.map((name) => readingLabel(name, locale)) }),
    ...(command.success && { command: readingLabel(command.data, locale) }),
  };
}
