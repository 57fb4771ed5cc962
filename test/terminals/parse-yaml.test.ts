import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maxFileBytes } from '../../native-bridge/terminals/yaml/limits.ts';
import { parseYaml } from '../../native-bridge/terminals/yaml/parse.ts';
import { Problems } from '../../native-bridge/terminals/yaml/problems.ts';
import type { Tree } from '../../native-bridge/terminals/yaml/tree.ts';

function parse(source: string | Uint8Array) {
  const problems = new Problems();
  const bytes = typeof source === 'string' ? new TextEncoder().encode(source) : source;
  const tree = parseYaml(bytes, 'f.yaml', problems);
  return { tree, problems: problems.list() };
}

/** Texts, lists and maps as plain values. */
function plain(tree: Tree | null): unknown {
  if (tree === null) return null;
  if (tree.kind === 'text') return tree.text;
  if (tree.kind === 'list') return tree.items.map(plain);
  return Object.fromEntries([...tree.entries].map(([key, { value }]) => [key, plain(value)]));
}

describe('scalars stay as written', () => {
  test.each(['0123456789', '2.10', 'no', 'null', '~', '1e3', '0x1F', '2026-03-11', '1_000'])(
    '%s survives',
    (text) => {
      expect(plain(parse(`a: ${text}`).tree)).toEqual({ a: text });
    },
  );

  test('a key that looks like a number is text too', () => {
    expect(plain(parse('010: x').tree)).toEqual({ '010': 'x' });
  });

  test('nothing is empty text', () => {
    expect(plain(parse('a:\nb: x').tree)).toEqual({ a: '', b: 'x' });
    expect(plain(parse('').tree)).toBe('');
  });
});

describe('places', () => {
  test('every node knows its line and column', () => {
    const { tree } = parse('a: 1\nb:\n  - x\n  - cd: y\n');
    const list = tree?.kind === 'map' ? tree.entries.get('b')?.value : undefined;
    const second = list?.kind === 'list' ? list.items[1] : undefined;
    const entry = second?.kind === 'map' ? second.entries.get('cd') : undefined;
    expect(entry?.keyAt).toEqual({ file: 'f.yaml', line: 4, column: 5 });
    expect(entry?.value.at).toEqual({ file: 'f.yaml', line: 4, column: 9 });
  });
});

describe('refused, with a place', () => {
  test.each([
    ['an alias', 'a: 1\nb: *x', 2, 'values written out'],
    ['an anchor', 'a: &x 1', 1, 'values written out'],
    ['a tag', 'a: 1\nb: !!binary aGVsbG8=', 2, 'values without tags'],
    ['a tag of one’s own', 'b: !python/object x', 1, 'values without tags'],
    ['a key twice', 'a: 1\nb: 2\na: 3', 3, 'each key once'],
    ['a second document', 'a: 1\n---\nb: 2', 2, 'well-formed YAML'],
    ['an unclosed quote', 'a: 1\nb: "x', 2, 'well-formed YAML'],
    ['an unclosed list', 'a: [1,\nb: 2', 2, 'well-formed YAML'],
    ['a tab as indent', 'a:\n\tb: 1', 2, 'well-formed YAML'],
    ['a map as a key', '? { a: b }\n: c', 1, 'text'],
  ])('%s', (_what, source, line, expected) => {
    const { problems } = parse(source);
    expect(problems[0]).toMatchObject({ file: 'f.yaml', line });
    expect(problems[0]?.expected).toContain(expected);
  });

  test('bad UTF-8, by its line', () => {
    const bytes = new Uint8Array([...Buffer.from('a: 1\nb: 2\nc: '), 0xff, 0x0a]);
    expect(parse(bytes).problems).toMatchObject([{ line: 3, expected: 'text in UTF-8' }]);
  });

  test('UTF-16', () => {
    const bytes = new Uint8Array(Buffer.from('\ufeffa: 1', 'utf16le'));
    expect(parse(bytes).problems).toMatchObject([{ line: 1, expected: 'text in UTF-8' }]);
  });

  test('a UTF-8 mark at the beginning is not refused', () => {
    expect(plain(parse('\ufeffa: 1').tree)).toEqual({ a: '1' });
  });

  test('a file beyond the limit, before it is parsed', () => {
    const { tree, problems } = parse(new Uint8Array(maxFileBytes + 1).fill(0x20));
    expect(tree).toBeNull();
    expect(problems).toMatchObject([{ line: 1, expected: 'a file of at most 128 KB' }]);
  });
});

describe('bombs', () => {
  test('a billion laughs are refused where the first one is', () => {
    const lines = ['l0: &l0 ha'];
    for (let i = 1; i < 10; i++) {
      const ten = Array.from({ length: 10 }, () => `*l${i - 1}`).join(', ');
      lines.push(`l${i}: &l${i} [${ten}]`);
    }
    const { problems } = parse(lines.join('\n'));
    expect(problems[0]).toMatchObject({ line: 1, found: '"&l0"' });
  });

  const depth = 60_000;
  test.each([
    ['lists in brackets', '['.repeat(depth)],
    ['maps in braces', '{a: '.repeat(depth / 4)],
    ['lists on one line', `${'- '.repeat(depth)}a`],
    ['explicit keys', `${'? '.repeat(depth)}a`],
    ['values on one line', 'a: '.repeat(depth / 3)],
    ['indents', Array.from({ length: 450 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
    ['brackets closed again', '['.repeat(17) + ']'.repeat(17)],
    ['braces after a broken bracket', `a: [\n${'- '.repeat(depth)}b`],
  ])('%s nested too deeply are refused, not parsed', (_what, source) => {
    const { tree, problems } = parse(source);
    expect(tree).toBeNull();
    expect(problems).toMatchObject([{ expected: 'at most 16 levels of nesting' }]);
  });

  test('ordinary nesting is not', () => {
    const source = `${'['.repeat(16)}a${']'.repeat(16)}`;
    expect(parse(source).problems).toEqual([]);
  });

  test('a map of tens of thousands of keys ends soon', () => {
    const source = Array.from({ length: 20_000 }, (_, i) => `k${i}:`).join('\n');
    const started = performance.now();
    parse(source);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('whatever the bytes', () => {
  test('there is a tree or a problem with a place, never an exception', () => {
    const pieces = fc.constantFrom(
      ...[
        '[',
        ']',
        '{',
        '}',
        '- ',
        '? ',
        ': ',
        'a',
        '\n',
        '  ',
        '\t',
        '"',
        "'",
        '|\n',
        '>\n',
        '&a ',
      ],
      ...['*a', '!t ', ',', '#', '---\n', '...\n', '%YAML 1.1\n', '\r', '\u0000', '码', '<<: '],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const { tree, problems } = parse(parts.join(''));
        expect(tree !== null || problems.length > 0).toBe(true);
        for (const { line, column } of problems) expect(Math.min(line, column)).toBeGreaterThan(0);
      }),
      { numRuns: 2_000 },
    );
  });

  test('random bytes as well', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const { tree, problems } = parse(bytes);
        expect(tree !== null || problems.length > 0).toBe(true);
      }),
    );
  });
});
