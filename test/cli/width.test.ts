import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsOf, cutTo, padEnd, widthOf, wrap, wrapNames } from '../../cli/output/width.ts';
import { table } from '../../cli/output/table.ts';

const mixed = fc
  .array(
    fc.constantFrom('终端', '检修台', '，', '。', '（', 'Wi-Fi', ' ', 'a', '−58 dBm', '\n', '）'),
    {
      maxLength: 40,
    },
  )
  .map((parts) => parts.join(''));

describe('wrapped text', () => {
  it('is never wider than it may be, and loses nothing but spaces', () => {
    fc.assert(
      fc.property(mixed, fc.integer({ min: 2, max: 40 }), (text, columns) => {
        const lines = wrap(text, columns);
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
        expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      }),
    );
  });

  it('breaks Chinese between characters and keeps closing marks with what they close', () => {
    expect(wrap('终端收的钱，到了别家', 12)).toEqual(['终端收的钱，', '到了别家']);
    expect(wrap('终端收的钱，到了别家', 10)).toEqual(['终端收的', '钱，到了别', '家']);
  });

  it('breaks English between words, a word that does not fit anywhere', () => {
    expect(wrap('the payment host', 11)).toEqual(['the payment', 'host']);
    expect(wrap('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
  });

  it('keeps characters outside the basic plane whole', () => {
    expect(wrap('𠮷𠮷𠮷', 4)).toEqual(['𠮷𠮷', '𠮷']);
  });
});

describe('wrapped names', () => {
  it('stay whole, and are broken only where one is wider than a line', () => {
    const names = ['1 网络', '  ✎ 时间与时区 ·', ' Wi-Fi 连接情况'];
    expect(wrapNames(names, 24)).toEqual(['1 网络  ✎ 时间与时区 ·', 'Wi-Fi 连接情况']);
    expect(wrapNames(['1', ' 网络连接情况'], 8)).toEqual(['1', '网络连接', '情况']);
  });
});

describe('the width of the output', () => {
  it.each([
    [{ isTTY: true, columns: 72 }, { COLUMNS: '60' }, 72],
    [{ isTTY: true, columns: 0 }, {}, 100],
    [{}, { COLUMNS: '60' }, 60],
    [{}, { COLUMNS: '4' }, 20],
    [{}, { COLUMNS: 'wide' }, 100],
    [{}, { COLUMNS: '500' }, 120],
    [{}, {}, 100],
  ])('of %j with %j is %i', (stream, environment, expected) => {
    expect(columnsOf(stream, environment)).toBe(expected);
  });
});

describe('columns', () => {
  it('are filled by what a character takes, two for Chinese', () => {
    expect(padEnd('终端', 6)).toBe('终端  ');
    expect(cutTo('终端检修台', 7)).toBe('终端检…');
    expect(cutTo('short', 7)).toBe('short');
  });
});

describe('a table', () => {
  const rows = [
    ['✓', '网络是否正常连接', '付款服务器连得上，延迟 38 ms，丢包 0%'],
    ['✕', '支付设置是否正确', '商户号是 898310048160999，应为 898310048160001：钱收到别的商户名下'],
  ];

  it.each([40, 60, 80, 120])('fits %i columns, all lines as wide as each other', (columns) => {
    const widths = table([{ title: '1 网络' }, ...rows], { columns })
      .split('\n')
      .map(widthOf);
    expect(new Set(widths).size).toBe(1);
    expect(widths[0]).toBeLessThanOrEqual(columns);
  });

  it.each([60, 80, 120])('gives titles room where nothing stands under them, at %i', (columns) => {
    const titles = [
      '1 网络  ? 网络是否正常连接 · Wi-Fi 连接情况 · VPN 连接状态',
      '2 硬件  ✓ 打印机',
    ];
    const drawn = table(
      titles.map((title) => ({ title })),
      { columns },
    ).split('\n');
    expect(new Set(drawn.map(widthOf)).size).toBe(1);
    expect(drawn[0]?.length).toBeLessThanOrEqual(columns);
    expect(drawn).toHaveLength(columns > 60 ? 4 : 5);
  });

  it('a long title makes the last column wider, never the one with the signs', () => {
    const title = '1 Network  ✓ Wi-Fi joined and good · VPN as required · Certificates';
    const [, , row] = table([{ title }, ['✕', '1.1', 'none']], { columns: 100 }).split('\n');
    expect(row).toMatch(/^│ ✕ │ 1\.1 │ none +│$/u);
  });

  it('never wraps a column that is to be copied', () => {
    const id = '01a209da-3f00-72f5-afa9-ceaf6bd039cf';
    const drawn = table([['a long text that has to give way to the other one', id]], {
      columns: 60,
      keep: [1],
    });
    expect(drawn).toContain(id);
  });
});
