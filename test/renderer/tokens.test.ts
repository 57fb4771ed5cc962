/** The two themes' colours: every text colour can be read on every surface it stands on. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('../../renderer/look/tokens.css', import.meta.url), 'utf8');

function coloursOf(selector: string): Map<string, string> {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf('}', start));
  return new Map(
    [...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );
}

/** Relative luminance, WCAG 2.2. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((place) => {
    const part = Number.parseInt(colour.slice(place, place + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const surfaces = ['frame', 'page', 'surface', 'sunken', 'hover', 'chosen'];
const texts = ['text', 'text-soft', 'text-faint', 'accent-text'];
const verdicts = ['pass', 'warn', 'fail', 'unknown', 'ask', 'not-applicable', 'follows'];
const washes = ['pass-wash', 'warn-wash', 'fail-wash', 'ask-wash'];

const pairs: [text: string, ground: string][] = [
  ...[...texts, ...verdicts].flatMap((text) =>
    surfaces.map((ground): [string, string] => [text, ground]),
  ),
  ...['text', 'text-soft'].flatMap((text) =>
    washes.map((ground): [string, string] => [text, ground]),
  ),
  ['pass', 'pass-wash'],
  ['warn', 'warn-wash'],
  ['fail', 'fail-wash'],
  ['ask', 'ask-wash'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['on-danger', 'danger'],
  ['on-danger', 'danger-hover'],
];

describe.each([
  ['light', coloursOf(':root')],
  ['dark', coloursOf(":root[data-theme='dark']")],
])('the %s theme', (_name, colours) => {
  test.each(pairs)('%s on %s has a contrast of 4.5 at least', (text, ground) => {
    const [front, back] = [colours.get(text), colours.get(ground)];
    expect(front, text).toBeDefined();
    expect(back, ground).toBeDefined();
    expect(contrast(front ?? '', back ?? '')).toBeGreaterThanOrEqual(4.5);
  });
});
