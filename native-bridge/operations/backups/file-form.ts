/**
 * A backup as a file: JSON that a person can read, every value as text beside its bytes. A file is
 * taken only if it is, character for character, what would be written of what it says: so a cut, a
 * flipped bit, a doubled key or a value changed by hand is found, wherever it is.
 */
import { BridgeFault } from '../../contract/bridge-fault.ts';
import { backupSchema, type Backup } from '../../contract/backup.ts';
import { hasInvisible } from '../../terminals/yaml/tree.ts';
import { fromHex, shownText } from '../setting-value.ts';

const kind = 'pos-bench settings backup';
const format = 1;
/** Far above any real one, which has a few kilobytes. */
export const maxBackupBytes = 4 * 1024 * 1024;

/** Ends with a line feed. */
export function backupText(backup: Backup): string {
  const { format: _, values, ...rest } = backup;
  const readable = values.map(({ key, bytes }) => ({
    key,
    value: shownText(fromHex(bytes)),
    bytes,
  }));
  return `${JSON.stringify({ kind, format, ...rest, values: readable }, null, 2)}\n`;
}

/** Throws `backup-newer`, `backup-damaged`. `file`: its name, for the fault. */
export function backupOfText(bytes: Uint8Array, file: string): Backup {
  const damaged = (cause?: unknown) => new BridgeFault('backup-damaged', { file }, { cause });
  let text: string;
  let raw: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    raw = JSON.parse(text);
  } catch (error) {
    throw damaged(error);
  }
  if (!isBackup(raw)) throw damaged();
  const found = raw['format'];
  if (typeof found === 'number' && Number.isSafeInteger(found) && found > format) {
    throw new BridgeFault('backup-newer', { file, found, expected: format });
  }
  if (hasTooMany(raw)) throw damaged();
  const parsed = backupSchema.safeParse(raw);
  if (!parsed.success || namesOf(parsed.data).some(hasInvisible)) throw damaged();
  // Git and some editors end lines in their own way.
  if (backupText(parsed.data).trimEnd() !== text.replaceAll('\r\n', '\n').trimEnd())
    throw damaged();
  return parsed.data;
}

function isBackup(raw: unknown): raw is Record<string, unknown> {
  return typeof raw === 'object' && raw !== null && 'kind' in raw && raw.kind === kind;
}

/** Before every one of a million entries is looked at. */
function hasTooMany(raw: Readonly<Record<string, unknown>>): boolean {
  return ['values', 'reenter', 'unread'].some((name) => {
    const list = raw[name];
    return Array.isArray(list) && list.length > 1024;
  });
}

function namesOf({ profile, model, serialNumber, firmwareVersion, values, reenter }: Backup) {
  const keys = values.map(({ key }) => key);
  return [profile, model, serialNumber ?? '', firmwareVersion ?? '', ...keys, ...reenter];
}
