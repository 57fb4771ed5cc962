import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  hexOf,
  inspectConsumerPresented,
  looksConsumerPresented,
  type ConsumerNode,
} from '../../../native-bridge/protocols/emvco/index.ts';

/** The specification's own examples (annex A): one application; two with common data. */
const one = 'hQVDUFYwMWEaTwegAAAAVVVVVw8SNFZ4kBI0WNGRIgESNF8=';
const two =
  'hQVDUFYwMWETTwegAAAAVVVVUAhQcm9kdWN0MWETTwegAAAAZmZmUAhQcm9kdWN0MmJJWggSNFZ4kBI0WF8gDkNBUkRIT0xE' +
  'RVIvRU1WXy0IcnVlc2RlZW5kIZ8QBwYBCgMAAACfJghYT9OF+iNLzJ82AgABnzcEbVjvEw==';

const base64 = (hex: string): string =>
  Buffer.from(hex.replaceAll(' ', ''), 'hex').toString('base64');
const leaves = (nodes: readonly ConsumerNode[]): string[] =>
  nodes.flatMap(({ path, value, children }) =>
    children === null ? [`${path} ${hexOf(value)}`] : leaves(children),
  );
const problems = (text: string) =>
  inspectConsumerPresented(text).faults.map(({ problem, path }) => `${problem} ${path ?? ''}`);

describe('a payer’s code of EMVCo’s kind taken apart', () => {
  it('has every object of the specification’s example with one application', () => {
    const { nodes, faults } = inspectConsumerPresented(one);
    expect(faults).toEqual([]);
    expect(leaves(nodes)).toEqual([
      '85 4350563031',
      '61.4F A0000000555555',
      '61.57 1234567890123458D191220112345F',
    ]);
  });

  it('has every object of the specification’s example with two applications', () => {
    const { nodes, faults } = inspectConsumerPresented(two);
    expect(faults).toEqual([]);
    expect(leaves(nodes)).toEqual([
      '85 4350563031',
      '61.4F A0000000555555',
      '61.50 50726F6475637431',
      '61.4F A0000000666666',
      '61.50 50726F6475637432',
      '62.5A 1234567890123458',
      '62.5F20 43415244484F4C4445522F454D56',
      '62.5F2D 727565736465656E',
      '62.64.9F10 06010A03000000',
      '62.64.9F26 584FD385FA234BCC',
      '62.64.9F36 0001',
      '62.64.9F37 6D58EF13',
    ]);
    expect(nodes.map(({ at }) => at)).toEqual([0, 7, 28, 49]);
  });

  it.each([
    ['another version', base64('85 05 4350563032 61 09 4F 07 A0000000555555'), ['malformed 85']],
    ['no application', base64('85 05 4350563031'), ['field-missing 61']],
    [
      'an application without an id',
      base64('85 05 4350563031 61 04 50 02 4142'),
      ['field-missing 61.4F'],
    ],
    ['an id of two bytes', base64('85 05 4350563031 61 04 4F 02 A000'), ['malformed 61.4F']],
    ['its end cut off', one.slice(0, 32), ['truncated ']],
    [
      'common data twice',
      base64('85 05 4350563031 61 09 4F 07 A0000000555555 6200 6200'),
      ['repeated 62'],
    ],
    ['an indefinite length', base64('85 05 4350563031 61 80 4F 00'), ['malformed ']],
    ['a character that is none of base64', `${one.slice(0, 20)}!`, ['malformed ']],
    ['no end to it', one.slice(0, 20).padEnd(5000, 'A'), ['too-long ']],
  ])('says what is wrong with %s', (_what, text, expected) => {
    expect(looksConsumerPresented(text)).toBe(true);
    expect(problems(text)).toEqual(expected);
  });

  it('never throws, whatever follows its beginning', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = Buffer.concat([Buffer.from('\x85\x05CPV01', 'latin1'), bytes]);
        const { nodes } = inspectConsumerPresented(text.toString('base64'));
        expect(nodes[0]?.path).toBe('85');
      }),
    );
  });
});
