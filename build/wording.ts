/** Compiles the messages in native-bridge/wording/messages to typed functions (not committed). */
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const messages = `${root}native-bridge/wording/messages`;
const generated = `${root}native-bridge/wording/generated`;
/** What the compiled messages were made from. */
const stamp = `${generated}/inputs.sha256`;

/** Does nothing where nothing changed since the last time: the compiler takes ten seconds. */
export async function compileWording(): Promise<void> {
  const inputs = await hashOfInputs();
  if ((await readFile(stamp, 'utf8').catch(() => null)) === inputs) return;
  await refuseDoubled();
  const { compile } = await import('@inlang/paraglide-js');
  await compile({
    project: `${root}project.inlang`,
    outdir: generated,
    strategy: ['globalVariable', 'baseLocale'],
    outputStructure: 'locale-modules',
    emitTsDeclarations: true,
    emitReadme: false,
    disableAsyncLocalStorage: true,
  });
  await writeFile(stamp, inputs);
}

/** The compiler never ends where a key stands in two areas. */
async function refuseDoubled(): Promise<void> {
  const areaOf = new Map<string, string>();
  for (const name of await readdir(messages)) {
    const keys = Object.keys(JSON.parse(await readFile(`${messages}/${name}`, 'utf8')) as object);
    const locale = name.split('.').at(-2) ?? '';
    for (const key of keys) {
      const other = areaOf.get(`${locale} ${key}`);
      if (other !== undefined) throw new Error(`${key} stands in ${other} and in ${name}`);
      areaOf.set(`${locale} ${key}`, name);
    }
  }
}

/** Messages, settings, the compiler's version and what this file asks of it. */
async function hashOfInputs(): Promise<string> {
  const names = (await readdir(messages)).sort();
  const files = [
    ...names.map((name) => `${messages}/${name}`),
    `${root}project.inlang/settings.json`,
    `${root}node_modules/@inlang/paraglide-js/package.json`,
    fileURLToPath(import.meta.url),
  ];
  const hash = createHash('sha256');
  for (const file of files)
    hash.update(`${file.slice(root.length)}\0`).update(await readFile(file));
  return hash.digest('hex');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await compileWording();
  // The compiler leaves a 30 s timer behind.
  process.exit(0);
}
