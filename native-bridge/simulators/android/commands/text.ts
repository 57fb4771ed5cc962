/** Commands on texts: toybox's, as far as scripts that read a terminal use them. */
import type { Printed, PlainCommand, StreamingCommand } from '../shell/command.ts';
import { readAll } from '../shell/io.ts';

export function escapes(text: string): string {
  return text.replace(/\\(n|t|r|\\|0[0-7]{1,3}|x[0-9a-fA-F]{1,2})/g, (_, what: string) => {
    if (what === 'n') return '\n';
    if (what === 't') return '\t';
    if (what === 'r') return '\r';
    if (what === '\\') return '\\';
    const code = what.startsWith('x')
      ? Number.parseInt(what.slice(1), 16)
      : Number.parseInt(what, 8);
    return String.fromCharCode(code);
  });
}

export const echo: PlainCommand = (args) => {
  const options = args[0] === '-n' || args[0] === '-e' || args[0] === '-ne' ? args[0] : '';
  const text = args.slice(options === '' ? 0 : 1).join(' ');
  const shown = options.includes('e') ? escapes(text) : text;
  return { out: options.includes('n') ? shown : `${shown}\n` };
};

export const printf: PlainCommand = ([format = '', ...values]) => {
  let out = '';
  let at = 0;
  do {
    const before = at;
    out += escapes(format).replace(/%(-?\d*)([sdbxc%])/g, (_, width: string, type: string) => {
      if (type === '%') return '%';
      const value = values[at++] ?? '';
      return padded(formatted(type, value), width);
    });
    if (at === before) break;
  } while (at < values.length);
  return { out };
};

function formatted(type: string, value: string): string {
  if (type === 'd') return String(Math.trunc(Number(value)) || 0);
  if (type === 'x') return (Math.trunc(Number(value)) || 0).toString(16);
  if (type === 'b') return escapes(value);
  return type === 'c' ? value.slice(0, 1) : value;
}

function padded(text: string, width: string): string {
  const count = Math.abs(Number(width) || 0);
  return width.startsWith('-') ? text.padEnd(count) : text.padStart(count);
}

export const test: PlainCommand = (args, { files }) => {
  const given = args.at(-1) === ']' ? args.slice(0, -1) : args;
  const negated = given[0] === '!';
  const [left = '', operator, right] = negated ? given.slice(1) : given;
  return {
    code: holds(left, operator, right, (path) => files.stat(path)?.mode) === negated ? 1 : 0,
  };
};

function holds(
  left: string,
  operator: string | undefined,
  right: string | undefined,
  modeOf: (path: string) => number | undefined,
): boolean {
  if (operator === undefined) return left !== '';
  if (right === undefined) return unary(left, operator, modeOf);
  const one = Number(left);
  const other = Number(right);
  switch (operator) {
    case '=':
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '-eq':
      return one === other;
    case '-ne':
      return one !== other;
    case '-lt':
      return one < other;
    case '-le':
      return one <= other;
    case '-gt':
      return one > other;
    case '-ge':
      return one >= other;
    default:
      return false;
  }
}

function unary(operator: string, value: string, modeOf: (path: string) => number | undefined) {
  if (operator === '-n') return value !== '';
  if (operator === '-z') return value === '';
  const mode = modeOf(value);
  if (mode === undefined) return false;
  if (operator === '-d') return (mode & 0o170000) === 0o040000;
  return operator === '-f' ? (mode & 0o170000) === 0o100000 : /^-[erswx]$/.test(operator);
}

type Filter = (text: string, args: readonly string[]) => Printed;

/** Of its input, or of the files that are named. */
function filter(apply: Filter): StreamingCommand {
  return async ({ args, io, device }) => {
    const options = args.filter((arg) => arg.startsWith('-'));
    const names = args.filter((arg) => arg.startsWith('/'));
    const paths = names.filter((name) => device.files.stat(name) !== null);
    const bytes =
      paths.length === 0
        ? await readAll(io.stdin)
        : Buffer.concat(paths.map((path) => device.files.read(path)));
    const rest = args.filter((arg) => !paths.includes(arg));
    const { out = '', code = 0 } = apply(bytes.toString('utf8'), rest.length > 0 ? rest : options);
    if (out !== '') await io.stdout(Buffer.from(out));
    return code;
  };
}

function linesOf(text: string): string[] {
  if (text === '') return [];
  return text.replace(/\n$/, '').split('\n');
}

const joined = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');

export const grep = filter((text, args) => {
  const flags = args.filter((arg) => /^-[a-zA-Z]+$/.test(arg)).join('');
  const [pattern = ''] = args.filter((arg) => !/^-[a-zA-Z]+$/.test(arg) && !/^\d+$/.test(arg));
  const source = flags.includes('F') ? pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : pattern;
  const wanted = new RegExp(source, flags.includes('i') ? 'i' : '');
  let found = linesOf(text).filter((line) => wanted.test(line) !== flags.includes('v'));
  const most = args[args.indexOf('-m') + 1];
  if (args.includes('-m') && most !== undefined) found = found.slice(0, Number(most));
  const code = found.length > 0 ? 0 : 1;
  if (flags.includes('q')) return { code };
  if (flags.includes('c')) return { out: `${found.length}\n`, code };
  if (flags.includes('o'))
    return { out: joined(found.map((line) => wanted.exec(line)?.[0] ?? '')), code };
  return { out: joined(found), code };
});

function countOf(args: readonly string[]): number {
  const joinedArgs = args.join(' ');
  return Number(/-n ?(\d+)|-(\d+)/.exec(joinedArgs)?.slice(1).find(Boolean) ?? 10);
}

export const head = filter((text, args) => {
  const bytes = args[args.indexOf('-c') + 1];
  if (args.includes('-c')) return { out: text.slice(0, Number(bytes)) };
  return { out: joined(linesOf(text).slice(0, countOf(args))) };
});

export const tail = filter((text, args) => ({
  out: joined(linesOf(text).slice(-countOf(args))),
}));

export const wc = filter((text, args) => {
  const flags = args.join('');
  if (flags.includes('c')) return { out: `${Buffer.byteLength(text)}\n` };
  if (flags.includes('l')) return { out: `${linesOf(text).length}\n` };
  const words = text.split(/\s+/).filter(Boolean).length;
  return { out: `${linesOf(text).length} ${words} ${Buffer.byteLength(text)}\n` };
});

export const sort = filter((text, args) => {
  const sorted = linesOf(text).sort();
  return { out: joined(args.join('').includes('u') ? [...new Set(sorted)] : sorted) };
});

export const tr = filter((text, args) => {
  const [from = '', to = ''] = args.filter((arg) => !arg.startsWith('-')).map(escapes);
  const drop = args.includes('-d');
  const out = Array.from(text, (char) => {
    const at = from.indexOf(char);
    if (at < 0) return char;
    return drop ? '' : (to[Math.min(at, to.length - 1)] ?? '');
  });
  return { out: out.join('') };
});
