/** From a script's text to what it is made of. */
import { parseWord } from './parse-word.ts';
import { ShellSyntaxError, Source, UnfinishedScript } from './source.ts';
import type { AndOr, Command, List, Pipeline, Redirect, Word } from './syntax.ts';

type Bare = Command extends infer C ? (C extends Command ? Omit<C, 'redirects'> : never) : never;

/** @throws {ShellSyntaxError | UnfinishedScript} */
export function parse(script: string): List {
  return parseScript(new Source(script, parseScript), null);
}

/** Up to (not past) the closing mark; null: the end. */
function parseScript(source: Source, end: ')' | '}' | null): List {
  return parseList(source, () => (end === null ? source.done : source.peek === end));
}

function parseList(source: Source, ended: () => boolean): List {
  const items: AndOr[] = [];
  for (;;) {
    source.skipLines();
    if (ended()) return items;
    if (source.done) throw new UnfinishedScript();
    items.push(parseAndOr(source));
    source.skipBlanks();
    if (ended()) return items;
    if (source.match(/^(?:[;\n]|&(?!&))/) === null && source.peek !== '') {
      throw new ShellSyntaxError(`unexpected '${source.peek}'`);
    }
  }
}

function parseAndOr(source: Source): AndOr {
  const first = parsePipeline(source);
  const rest: AndOr['rest'][number][] = [];
  for (;;) {
    source.skipBlanks();
    const operator = source.match(/^(?:&&|\|\|)/);
    if (operator !== '&&' && operator !== '||') return { first, rest };
    source.skipLines();
    rest.push({ operator, pipeline: parsePipeline(source) });
  }
}

function parsePipeline(source: Source): Pipeline {
  const negated = source.match(/^!(?=\s)/) !== null;
  const commands: Command[] = [];
  do {
    source.skipLines();
    commands.push(parseCommand(source));
    source.skipBlanks();
  } while (source.match(/^\|(?!\|)/) !== null);
  return { negated, commands };
}

function parseCommand(source: Source): Command {
  source.skipBlanks();
  const compound = parseCompound(source);
  if (compound === null) return parseSimple(source);
  const redirects: Redirect[] = [];
  for (;;) {
    source.skipBlanks();
    const redirect = parseRedirect(source);
    if (redirect === null) return { ...compound, redirects };
    redirects.push(redirect);
  }
}

function parseCompound(source: Source): Bare | null {
  if (source.match(/^\(/) !== null) {
    const body = parseScript(source, ')');
    source.next();
    return { kind: 'group', subshell: true, body };
  }
  if (source.match(/^\{(?=\s)/) !== null) {
    const body = parseScript(source, '}');
    source.next();
    return { kind: 'group', subshell: false, body };
  }
  if (word(source, 'if')) return parseIf(source);
  if (word(source, 'for')) return parseFor(source);
  const loop = source.match(/^(?:while|until)(?=[\s;(])/);
  return loop === null ? null : parseWhile(source, loop === 'until');
}

const keyword = (name: string): RegExp => new RegExp(`^${name}(?=[\\s;)(&|]|$)`);

function word(source: Source, name: string): boolean {
  return source.match(keyword(name)) !== null;
}

/** A list up to one of these words, and which it was. */
function listUntil(source: Source, ...names: string[]): { body: List; by: string } {
  const body = parseList(source, () => names.some((name) => source.looksAt(keyword(name))));
  const by = names.find((name) => word(source, name)) ?? '';
  return { body, by };
}

function parseIf(source: Source): Bare {
  const branches: { test: List; body: List }[] = [];
  for (;;) {
    const test = listUntil(source, 'then').body;
    const { body, by } = listUntil(source, 'elif', 'else', 'fi');
    branches.push({ test, body });
    if (by === 'fi') return { kind: 'if', branches, otherwise: [] };
    if (by === 'else') return { kind: 'if', branches, otherwise: listUntil(source, 'fi').body };
  }
}

function parseFor(source: Source): Bare {
  source.skipBlanks();
  const name = source.match(/^[A-Za-z_]\w*/);
  source.skipLines();
  if (name === null || !word(source, 'in')) throw new ShellSyntaxError("unexpected 'for'");
  const words: Word[] = [];
  for (;;) {
    source.skipBlanks();
    const next = parseWord(source);
    if (next === null) break;
    words.push(next);
  }
  source.skipLines();
  if (source.done) throw new UnfinishedScript();
  if (!word(source, 'do')) throw new ShellSyntaxError("unexpected 'for'");
  return { kind: 'for', name, words, body: listUntil(source, 'done').body };
}

function parseWhile(source: Source, until: boolean): Bare {
  const test = listUntil(source, 'do').body;
  return { kind: 'while', until, test, body: listUntil(source, 'done').body };
}

function parseSimple(source: Source): Command {
  const assigns: (readonly [string, Word])[] = [];
  const words: Word[] = [];
  const redirects: Redirect[] = [];
  for (;;) {
    source.skipBlanks();
    const redirect = parseRedirect(source);
    if (redirect !== null) {
      redirects.push(redirect);
      continue;
    }
    const assigned = words.length === 0 ? source.match(/^[A-Za-z_]\w*=/) : null;
    if (assigned !== null) {
      assigns.push([assigned.slice(0, -1), parseWord(source) ?? []]);
      continue;
    }
    const next = parseWord(source);
    if (next === null) break;
    words.push(next);
  }
  if (assigns.length + words.length + redirects.length === 0) {
    if (source.done) throw new UnfinishedScript();
    throw new ShellSyntaxError(`unexpected '${source.peek}'`);
  }
  return { kind: 'simple', assigns, words, redirects };
}

function parseRedirect(source: Source): Redirect | null {
  const found = source.match(/^\d?(?:>>|>&|>|<)/);
  if (found === null) return null;
  const operator = found.replace(/^\d/, '') as Redirect['operator'];
  const fd = /^\d/.test(found) ? Number(found[0]) : operator === '<' ? 0 : 1;
  source.skipBlanks();
  const target = parseWord(source);
  if (target === null) throw new ShellSyntaxError('redirection of nothing');
  return { fd, operator, target };
}
