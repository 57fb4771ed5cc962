/** A payment code: what is wrong first, then field by field, then how it stands to a terminal. */
import {
  maxQrCharacters,
  type QrCode,
  type QrField,
  type QrInspection,
} from '../../native-bridge/contract/qr.ts';
import type { Sentence } from '../../native-bridge/contract/common.ts';
import { cleanText, verdictSign } from '../../native-bridge/wording/index.ts';
import { wrap } from '../output/width.ts';
import { table } from '../output/table.ts';
import type { Shell } from '../shell.ts';
import { qrComparisons } from './qr-comparisons.ts';

/** A value may hold anything that fits into a code. */
const shownCharacters = 160;

export function qrView(code: QrInspection, shell: Shell): string {
  const { style, columns } = shell;
  const lines = [
    style.bold(shell.say(code.what)),
    // Whole: an address is compared to its last character.
    ...wrap(style.dim(cleanText(code.text, maxQrCharacters)), columns - 2).map((l) => `  ${l}`),
    ...signed('fail', code.faults, shell),
    ...signed('warn', code.cautions, shell),
  ];
  if (code.fields.length > 0) lines.push(fieldTable(code, shell));
  lines.push(...checksumLines(code, shell));
  if (code.against.length > 0) lines.push(qrComparisons(code.against, shell));
  for (const note of code.notes) lines.push(...hanging('·', shell.say(note), columns));
  return lines.join('\n');
}

const signed = (verdict: 'fail' | 'warn', all: readonly Sentence[], shell: Shell): string[] =>
  all.flatMap((one) => hanging(verdictSign(verdict), shell.say(one), shell.columns));

function fieldTable({ fields }: QrCode, shell: Shell): string {
  const { columns, style } = shell;
  const head = [
    shell.words('head_field', {}),
    shell.words('head_meaning', {}),
    shell.words('head_value', {}),
  ];
  const rows = fields.map((field) => [place(field), shell.say(field.name), value(field, shell)]);
  return table(rows, { columns, head, dim: style.dim });
}

const place = ({ path, depth, mark }: QrField): string =>
  `${'  '.repeat(depth)}${lastId(path)}${mark === null ? '' : ` ${verdictSign(mark)}`}`;
const lastId = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

function value({ value: text, meaning }: QrField, shell: Shell): string {
  if (text === null) return '';
  const clean = cleanText(text, shownCharacters);
  return meaning === null ? clean : `${clean} · ${shell.say(meaning)}`;
}

/** A wrong one stands among the faults. */
function checksumLines({ checksum, faults }: QrCode, shell: Shell): string[] {
  if (checksum?.good !== true || checksum.found === null) return [];
  const right = shell.words('qr_checksum_good', { found: checksum.found });
  return faults.length === 0 ? [right, shell.words('cli_qr_well', {})] : [right];
}

function hanging(sign: string, text: string, columns: number): string[] {
  return wrap(text, columns - 2).map((line, at) => (at === 0 ? `${sign} ${line}` : `  ${line}`));
}
