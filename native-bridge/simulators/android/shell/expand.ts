/** From words as they are written to words as a command gets them (XCU 2.6). */
import type { Files } from '../device/files.ts';
import type { List, Part, Word } from './syntax.ts';

export interface Expander {
  readonly files: Files;
  parameter(name: string): string | null;
  output(script: List): Promise<string>;
}

interface Piece {
  readonly text: string;
  /** Neither split nor matched against file names. */
  readonly quoted: boolean;
}

/** One text, as for an assignment. */
export async function expandText(word: Word, expander: Expander): Promise<string> {
  const pieces = await Promise.all(word.map((part) => expandPart(part, expander)));
  return pieces.map(({ text }) => text).join('');
}

export async function expandWords(words: readonly Word[], expander: Expander): Promise<string[]> {
  const all: string[] = [];
  for (const word of words) {
    const pieces: Piece[] = [];
    for (const part of word) pieces.push(await expandPart(part, expander));
    for (const field of split(pieces, word)) all.push(...matchFiles(field, expander.files));
  }
  return all;
}

async function expandPart(part: Part, expander: Expander): Promise<Piece> {
  switch (part.kind) {
    case 'text':
      return part;
    case 'sum':
      return { text: String(sum(part.expression, expander)), quoted: part.quoted };
    case 'output': {
      const printed = await expander.output(part.script);
      return { text: printed.replace(/\n+$/, ''), quoted: part.quoted };
    }
    case 'parameter': {
      const value = expander.parameter(part.name);
      if ((value === null || value === '') && part.fallback !== null) {
        return { text: await expandText(part.fallback, expander), quoted: part.quoted };
      }
      const text = value ?? '';
      return { text: part.length ? String(text.length) : text, quoted: part.quoted };
    }
  }
}

/** Unquoted results of expansions are split at white space; what was written is not. */
function split(pieces: readonly Piece[], word: Word): Piece[][] {
  const fields: Piece[][] = [];
  let current: Piece[] = [];
  pieces.forEach((piece, at) => {
    const splits = !piece.quoted && word[at]?.kind !== 'text';
    const parts = splits ? piece.text.split(/[ \t\n]+/) : [piece.text];
    parts.forEach((text, index) => {
      if (index > 0 && current.length > 0) {
        fields.push(current);
        current = [];
      }
      if (text !== '' || piece.quoted) current.push({ ...piece, text });
    });
  });
  if (current.length > 0) fields.push(current);
  return fields;
}

/** `*` and `?` in what is not quoted; a pattern that nothing matches stays as it is. */
function matchFiles(field: readonly Piece[], files: Files): string[] {
  const text = field.map((piece) => piece.text).join('');
  if (!field.some((piece) => !piece.quoted && /[*?]/.test(piece.text))) return [text];
  const pattern = field.map((p) => (p.quoted ? escape(p.text) : wild(p.text))).join('');
  if (!text.startsWith('/')) return [text];
  let found = [''];
  for (const step of pattern.split('/').slice(1)) {
    const matches = new RegExp(`^${step}$`);
    found = found.flatMap((top) =>
      (files.list(top === '' ? '/' : top) ?? [])
        .filter((name) => matches.test(name))
        .map((name) => `${top}/${name}`),
    );
  }
  return found.length === 0 ? [text] : found;
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const wild = (text: string): string => escape(text).replace(/\\\*/g, '.*').replace(/\\\?/g, '.');

/** Sums of whole numbers, simply from the left: without brackets and precedence. */
function sum(expression: string, expander: Expander): number {
  const tokens = expression.match(/\$?\w+|[-+*/%]/g) ?? [];
  let total = 0;
  let operator = '+';
  for (const token of tokens) {
    if (/^[-+*/%]$/.test(token)) {
      operator = token;
      continue;
    }
    const name = token.replace(/^\$/, '');
    const value = /^\d/.test(name) ? Number(name) : Number(expander.parameter(name) ?? 0);
    total = apply(total, operator, Number.isFinite(value) ? value : 0);
  }
  return total;
}

function apply(left: number, operator: string, right: number): number {
  if (operator === '+') return left + right;
  if (operator === '-') return left - right;
  if (operator === '*') return left * right;
  if (right === 0) return 0;
  return operator === '/' ? Math.trunc(left / right) : left % right;
}
