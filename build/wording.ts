/** Compiles the messages in native-bridge/wording/messages to typed functions (not committed). */
import { compile } from '@inlang/paraglide-js';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

export async function compileWording(): Promise<void> {
  await compile({
    project: `${root}project.inlang`,
    outdir: `${root}native-bridge/wording/generated`,
    strategy: ['globalVariable', 'baseLocale'],
    outputStructure: 'locale-modules',
    emitTsDeclarations: true,
    emitReadme: false,
    disableAsyncLocalStorage: true,
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await compileWording();
  // The compiler leaves a 30 s timer behind.
  process.exit(0);
}
