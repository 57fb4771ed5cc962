/**
 * The guest's tests as one file of JavaScript: there, every module that is read and every type that
 * is stripped costs an emulated processor seconds. The product is not in it; it is what was built.
 */
import { join } from 'node:path';
import { build } from 'vite';
import { root } from '../../../build/paths.ts';

/** Returns the folder that `main.js` is in. */
export async function bundleTests(work: string): Promise<string> {
  const folder = join(work, 'tests');
  await build({
    root,
    configFile: false,
    envDir: false,
    logLevel: 'warn',
    publicDir: false,
    ssr: { target: 'node', noExternal: true },
    build: {
      ssr: join(root, 'test/usb-lab/guest/main.ts'),
      outDir: folder,
      emptyOutDir: true,
      target: 'node24',
      // What fails is read as a stack trace.
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'main.js' } },
    },
  });
  return folder;
}
