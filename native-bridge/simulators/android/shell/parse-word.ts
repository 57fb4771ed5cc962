/** Words: quoting, parameters, what another command prints. */
import type { Part, Word } from './syntax.ts';
import { ShellSyntaxError, type Source } from './source.ts';

const endsWord = /[\s;&|<>()]/;

/** Null: none begins here. */
export function parseWord(source: Source): Word | null {
  const parts: Part[] = [];
  while (!source.done && !endsWord.test(source.peek)) parts.push(...parsePart(source, false));
  return parts.length === 0 ? null : parts;
}

function parsePart(source: Source, quoted: boolean): readonly Part[] {
  const char = source.peek;
  if (char === '$') return [parseDollar(source, quoted)];
  if (char === '`') return [parseBackquotes(source, quoted)];
  if (char === '\\') return parseEscape(source, quoted);
  if (!quoted && char === "'") return [text(source.between("'"), true)];
  if (!quoted && char === '"') return parseDoubleQuotes(source);
  return [text(source.next(), quoted)];
}

function text(value: string, quoted: boolean): Part {
  return { kind: 'text', text: value, quoted };
}

function parseEscape(source: Source, quoted: boolean): readonly Part[] {
  source.next();
  const escaped = source.next();
  if (escaped === '\n') return [];
  if (quoted && !'$`"\\'.includes(escaped)) return [text(`\\${escaped}`, true)];
  return [text(escaped, true)];
}

function parseDoubleQuotes(source: Source): readonly Part[] {
  source.next();
  // An empty pair is an empty word, not none.
  const parts: Part[] = [text('', true)];
  while (source.peekOrFail() !== '"') parts.push(...parsePart(source, true));
  source.next();
  return parts;
}

function parseDollar(source: Source, quoted: boolean): Part {
  source.next();
  if (source.startsWith('((')) {
    source.skip(2);
    return { kind: 'sum', expression: source.until('))'), quoted };
  }
  if (source.startsWith('(')) {
    source.next();
    const script = source.readScript(source, ')');
    source.next();
    return { kind: 'output', script, quoted };
  }
  if (source.startsWith('{')) return parseBraces(source, quoted);
  const name = source.match(/^(?:[A-Za-z_]\w*|[0-9?$#@*!])/);
  return name === null ? text('$', quoted) : parameter(name, null, false, quoted);
}

function parseBraces(source: Source, quoted: boolean): Part {
  source.next();
  const length = source.match(/^#(?=[A-Za-z_])/) !== null;
  const name = source.match(/^(?:[A-Za-z_]\w*|[0-9]+|[?$#@*!])/);
  if (name === null) throw new ShellSyntaxError('bad substitution');
  const hasFallback = source.match(/^:?-/) !== null;
  const fallback: Part[] = [];
  while (source.peekOrFail() !== '}') fallback.push(...parsePart(source, quoted));
  source.next();
  if (!hasFallback && fallback.length > 0) throw new ShellSyntaxError('bad substitution');
  return parameter(name, hasFallback ? fallback : null, length, quoted);
}

function parameter(name: string, fallback: Word | null, length: boolean, quoted: boolean): Part {
  return { kind: 'parameter', name, fallback, length, quoted };
}

function parseBackquotes(source: Source, quoted: boolean): Part {
  const inner = source.between('`');
  return { kind: 'output', script: source.readScript(source.within(inner), null), quoted };
}
