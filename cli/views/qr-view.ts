/** A payment code, field by field, and how it stands to a terminal. */
import {
  maxQrCharacters,
  type QrCode,
  type QrField,
  type QrInspection,
} from '../../native-bridge/contract/qr.ts';
import { cleanText, verdictSign } from '../../native-bridge/wording/index.ts';
import { table } from '../output/table.ts';
import { wrap } from '../output/width.ts';
import type { Shell } from '../shell.ts';

/** A value may hold anything that fits into a code. */
const shownCharacters = 160;

export function qrView(code: QrInspection, shell: Shell): string {
  const { style, columns } = shell;
  const lines = [
    style.bold(shell.say(code.what)),
    // Whole: an address is compared to its last character.
    ...wrap(style.dim(cleanText(code.text, maxQrCharacters)), columns - 2).map((l) => `  ${l}`),
  ];
  if (code.fields.length > 0) lines.push(fieldTable(code, shell));
  lines.push(...checksumLines(code, shell));
  for (const fault of code.faults) lines.push(`${verdictSign('fail')} ${shell.say(fault)}`);
  for (const { verdict, what } of code.against) {
    lines.push(...hanging(verdictSign(verdict), shell.say(what), columns));
  }
  for (const note of code.notes) lines.push(...hanging('·', shell.say(note), columns));
  return lines.join('\n');
}

function fieldTable({ fields }: QrCode, shell: Shell): string {
  const { columns, style } = shell;
  const head = [
    shell.words('cli_head_field', {}),
    shell.words('cli_head_meaning', {}),
    shell.words('cli_head_value', {}),
  ];
  const rows = fields.map((field) => [place(field), shell.say(field.name), value(field, shell)]);
  return table(rows, { columns, head, dim: style.dim });
}

const place = ({ path, depth }: QrField): string => `${'  '.repeat(depth)}${lastId(path)}`;
const lastId = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

function value({ value: text, meaning }: QrField, shell: Shell): string {
  if (text === null) return '';
  const clean = cleanText(text, shownCharacters);
  return meaning === null ? clean : `${clean} · ${shell.say(meaning)}`;
}

function checksumLines({ checksum, faults }: QrCode, shell: Shell): string[] {
  if (checksum === null) return [];
  const { found, expected, good } = checksum;
  if (found === null || expected === null) return [shell.words('cli_qr_checksum_none', {})];
  if (!good) return [shell.words('cli_qr_checksum_wrong', { found, expected })];
  const right = shell.words('cli_qr_checksum_good', { found });
  return faults.length === 0 ? [right, shell.words('cli_qr_well', {})] : [right];
}

function hanging(sign: string, text: string, columns: number): string[] {
  return wrap(text, columns - 2).map((line, at) => (at === 0 ? `${sign} ${line}` : `  ${line}`));
}
