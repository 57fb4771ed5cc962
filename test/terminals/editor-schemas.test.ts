/** The editors' schemas are those of the shapes, and agree with them. */
import { Ajv } from 'ajv';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { editorSchemas } from '../../native-bridge/terminals/editor-schemas.ts';
import { editedRules } from './rules-support.ts';
import { edited, good } from './support.ts';

const terminals = new URL('../../native-bridge/terminals/', import.meta.url);
const profiles = new URL('profiles/', terminals);
const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, strictTypes: false });
const validators = new Map(
  [...editorSchemas()].map(([name, text]) => [name, ajv.compile(JSON.parse(text) as object)]),
);

function accepts(schema: string, text: string, yamlSchema: 'core' | 'failsafe'): boolean {
  const validate = validators.get(schema);
  if (!validate) throw new Error(`no schema ${schema}`);
  return validate(parse(text, { schema: yamlSchema }));
}

test.each([...editorSchemas()])(
  '%s is up to date (node native-bridge/terminals/editor-schemas.ts)',
  (name, text) => {
    expect(readFileSync(new URL(name, terminals), 'utf8')).toBe(text);
  },
);

const knowledge = new URL('knowledge/', terminals);
const shippedRules = readdirSync(knowledge);
const shipped = readdirSync(profiles).filter((name) => name.endsWith('.yaml'));

describe.each(['core', 'failsafe'] as const)('read with the %s schema', (yamlSchema) => {
  test.each(shipped)('%s is accepted', (name) => {
    const schema = name.endsWith('-merchant.yaml') ? 'merchant.schema.json' : 'profile.schema.json';
    expect(accepts(schema, readFileSync(new URL(name, profiles), 'utf8'), yamlSchema)).toBe(true);
  });

  test.each(shippedRules)('%s is accepted', (name) => {
    const text = readFileSync(new URL(name, knowledge), 'utf8');
    expect(accepts('rules.schema.json', text, yamlSchema)).toBe(true);
  });

  test.each([
    ['as it is', 'format: 1', 'format: 1', true],
    ['with an unknown key', 'papersFor:', 'papersfor:', false],
    ['with a code of three characters', "'Z1'", "'Z12'", false],
    ['with an unknown symptom', '[S2]', '[S9]', false],
    ['with words in one language', ', en: Not listed', '', false],
  ])('the tests’ own rules %s', (_what, piece, by, isAccepted) => {
    expect(accepts('rules.schema.json', editedRules(piece, by), yamlSchema)).toBe(isAccepted);
  });

  test('the tests’ own profile is accepted', () => {
    expect(accepts('profile.schema.json', good, yamlSchema)).toBe(true);
  });

  test.each([
    ['an unknown key', 'vendor: Acme', 'vendr: Acme'],
    ['a number that is none', 'baud: 9600', 'baud: fast'],
    ['a number out of range', 'baud: 9600', 'baud: 12.5'],
    ['an unknown reading', 'battery.celsius:', 'battery.celcius:'],
    ['an unknown source', 'from: smp-shell', 'from: smp-shel'],
    ['a command as a shell line', 'argv: [device, info]', 'argv: device info'],
    ['a key of another source', 'group: battery\n', 'group: battery\n    argv: [x]\n'],
    ['a choice nobody knows', 'type: decimal', 'type: float'],
    ['an address without https', 'https://acme', 'http://acme'],
    ['a private key', 'BEGIN PUBLIC KEY', 'BEGIN PRIVATE KEY'],
  ])('%s is refused', (_what, piece, by) => {
    expect(accepts('profile.schema.json', edited(piece, by), yamlSchema)).toBe(false);
  });

  test('a merchant’s file with an unknown key is refused', () => {
    const text = 'format: 1\nmerchant: M\nssid: x\n';
    expect(accepts('merchant.schema.json', text, yamlSchema)).toBe(false);
  });
});
