/** The product's modules as they were built. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const built = join(process.env['LAB_PROJECT'] ?? '.', 'dist/node');

/** The file that gives this away by its name, as a module does that is loaded when it is needed. */
export function builtModule(name: string): string {
  const gives = new RegExp(`export \\{[^}]*\\b${name}\\b(?! as)`);
  const file = readdirSync(built)
    .filter((each) => /-[\w-]{8}\.js$/.test(each))
    .find((each) => gives.test(readFileSync(join(built, each), 'utf8')));
  if (file === undefined) throw new Error(`no ${name} in ${built}`);
  return join(built, file);
}
