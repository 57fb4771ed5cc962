/** `npm run icons`: the app icon in every size and format that systems ask for, from its SVG. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { BICUBIC2, createICNS, createICO } from 'png2icons';
import { root } from './paths.ts';
import { fail, main } from './run.ts';

const folder = join(root, 'build', 'icons');
const sizesPx = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

async function makeIcons(): Promise<void> {
  const svg = await readFile(join(folder, 'icon.svg'), 'utf8');
  const png = (sizePx: number) =>
    new Resvg(svg, { fitTo: { mode: 'width', value: sizePx } }).render().asPng();
  await rm(join(folder, 'png'), { recursive: true, force: true });
  await mkdir(join(folder, 'png'));
  // The names that electron-builder and freedesktop.org's icon themes know.
  for (const size of sizesPx) {
    await writeFile(join(folder, 'png', `${size}x${size}.png`), png(size));
  }
  await writeFile(join(folder, 'icon.png'), png(512));
  const largest = png(1024);
  const ico = createICO(largest, BICUBIC2, 0, true) ?? fail('no .ico could be made');
  const icns = createICNS(largest, BICUBIC2, 0) ?? fail('no .icns could be made');
  await writeFile(join(folder, 'icon.ico'), ico);
  await writeFile(join(folder, 'icon.icns'), icns);
}

await main(import.meta, makeIcons);
