/**
 * Compiles the messages in native-bridge/wording/messages (not committed): to functions, whose types say
 * which keys and parameters there are, and to words, a text a key, which is what the programs load. Of
 * the functions every start would take five times as long.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const messages = `${root}native-bridge/wording/messages`;
const generated = `${root}native-bridge/wording/generated`;
/** What the compiled messages were made from. */
const stamp = `${generated}/inputs.sha256`;

/** Does nothing where nothing changed since the last time: the compiler takes ten seconds. */
export async function compileWording(): Promise<void> {
  const inputs = await hashOfInputs();
  if ((await readFile(stamp, 'utf8').catch(() => null)) === inputs) return;
  await refuseUnfit();
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
  await mkdir(`${generated}/words`, { recursive: true });
  for (const locale of await localesCompiled()) await writeWords(locale);
  await writeFile(stamp, inputs);
}

async function localesCompiled(): Promise<string[]> {
  const settings = await readFile(`${root}project.inlang/settings.json`, 'utf8');
  return (JSON.parse(settings) as { locales: string[] }).locales;
}

type Compiled = Readonly<Record<string, (places: Readonly<Record<string, unknown>>) => string>>;

async function writeWords(locale: string): Promise<void> {
  const file = pathToFileURL(`${generated}/messages/${locale}.js`).href;
  // Another file than what was imported before, where it is compiled twice in one process.
  const compiled = (await import(`${file}?${String(Date.now())}`)) as Compiled;
  const texts = Object.entries(compiled).map(([key, say]) => [key, textOf(key, say)] as const);
  await writeFile(`${generated}/words/${locale}.js`, wordsModule(Object.fromEntries(texts)));
  await writeFile(
    `${generated}/words/${locale}.d.ts`,
    'declare const words: Readonly<Record<string, string>>;\nexport default words;\n',
  );
}

/** V8 reads a long text as JSON several times faster than as a program. */
export function wordsModule(words: Readonly<Record<string, string>>): string {
  return `export default JSON.parse(${JSON.stringify(JSON.stringify(words))});\n`;
}

/** What the function says, its places as `{name}`. Throws where a text can't be told from its places. */
function textOf(key: string, say: Compiled[string]): string {
  const asked: string[] = [];
  const places = new Proxy<Record<string, unknown>>(
    {},
    {
      get: (_target, name) => {
        asked.push(String(name));
        return `{${String(name)}}`;
      },
    },
  );
  const text = say(places);
  if ([...text.matchAll(/[{}]/g)].length !== 2 * asked.length) {
    throw new Error(`${key} has a brace that is no place`);
  }
  return text;
}

/** The compiler never ends where a key stands in two areas; and the words hold one text a key. */
async function refuseUnfit(): Promise<void> {
  const areaOf = new Map<string, string>();
  for (const name of await readdir(messages)) {
    const texts = JSON.parse(await readFile(`${messages}/${name}`, 'utf8')) as object;
    const locale = name.split('.').at(-2) ?? '';
    for (const [key, text] of Object.entries(texts)) {
      if (typeof text !== 'string') throw new Error(`${key} in ${name} is more than one text`);
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
