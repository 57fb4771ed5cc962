/**
 * The JSON Schemas that editors check a profile, merchant or rule file with while it is written. They
 * come from the shapes that check it here and are kept beside this file for editors to point at:
 * `node native-bridge/terminals/editor-schemas.ts` writes them anew, a test says when it is due.
 *
 * A profile may leave out what the profiles it extends already say, which no schema knows of: here
 * a key is required only where nothing is inherited. `pos-bench profile check` knows it all.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rulesFileShape } from './knowledge-file/shape.ts';
import { merchantFileShape } from './merchant.ts';
import { profileFileShape } from './profile-file/shape.ts';
import type { JsonSchema } from './shapes/shape.ts';

const neverInherited = ['format', 'name'];

/** File name to text. */
export function editorSchemas(): ReadonlyMap<string, string> {
  const profile = { ...inheriting(profileFileShape.schema), required: neverInherited };
  return new Map([
    ['profile.schema.json', textOf('POS Bench: a model of terminal', profile)],
    [
      'merchant.schema.json',
      textOf('POS Bench: what a merchant expects', merchantFileShape.schema),
    ],
    ['rules.schema.json', textOf('POS Bench: trade knowledge', rulesFileShape.schema)],
  ]);
}

/** Without `required`, as deep as maps are merged: not into lists, nor into readings. */
function inheriting(schema: JsonSchema): JsonSchema {
  const { required: _required, ...rest } = schema;
  if (schema['type'] !== 'object' || 'oneOf' in schema) return schema;
  const { properties, additionalProperties } = rest as {
    properties?: Record<string, JsonSchema>;
    additionalProperties?: JsonSchema | false;
  };
  return {
    ...rest,
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([key, value]) => [key, inheriting(value)]),
      ),
    }),
    ...(additionalProperties && { additionalProperties: inheriting(additionalProperties) }),
  };
}

function textOf(title: string, schema: JsonSchema): string {
  const whole = { $schema: 'http://json-schema.org/draft-07/schema#', title, ...schema };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, text] of editorSchemas()) {
    writeFileSync(new URL(name, import.meta.url), text);
  }
}
