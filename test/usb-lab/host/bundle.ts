/**
 * The guest's tests as one file of JavaScript: there, every module that is read and every type that
 * is stripped costs an emulated processor seconds. The product is not in it; it is what was built.
 */
import { join } from 'node:path';
import { build } from 'vite';
import { nativeModules } from '../../../build/bundles.ts';
import { root } from '../../../build/paths.ts';

/** Programs of the guest, by their name in the folder. */
const programs = {
  main: 'guest/main.ts',
  echo: 'device/echo.ts',
  android: 'device/android.ts',
  'open-usb': 'guest/open-usb.ts',
  shell: 'guest/shell.ts',
};

/** Returns the folder that `main.js` is in. */
export async function bundleTests(work: string): Promise<string> {
  const folder = join(work, 'tests');
  await build({
    root,
    configFile: false,
    envDir: false,
    logLevel: 'warn',
    publicDir: false,
    ssr: { target: 'node', noExternal: true, external: nativeModules },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: true,
      target: 'node24',
      // What fails is read as a stack trace.
      minify: false,
      rolldownOptions: {
        input: Object.fromEntries(
          Object.entries(programs).map(([name, file]) => [name, join(root, 'test/usb-lab', file)]),
        ),
        external: nativeModules,
        output: { entryFileNames: '[name].js' },
      },
    },
  });
  return folder;
}
