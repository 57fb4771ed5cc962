/**
 * The window beside how it looked when somebody last judged it. Compared at half the size, which
 * evens out the edges of letters, and within a tolerance: digits that differ from run to run pass, a
 * row that moved does not. `npm run screenshots` stores what there is.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { outFolder, root } from '../../build/paths.ts';

const folder = join(root, 'test', 'app', 'stored');
const differences = join(outFolder, 'screenshots', 'different');
const stores = process.env['POS_BENCH_STORE_PICTURES'] === '1';

/** Of all pixels; a clock, an age and a few measured values are less than half of it. */
export const toleratedShare = 0.008;

/** What still comes in, a curve or a row, has come by then. */
const settlesWithinMs = 15_000;
const stillShare = 0.000_5;

/**
 * The share of pixels that differ from what is stored under this name, 0 to 1; 1 where the size does.
 * Taken until it is tolerated, or for so long. `take` makes a screenshot, PNG. Throws where none is stored.
 */
export async function differenceFromStored(
  name: string,
  take: () => Promise<Buffer>,
): Promise<number> {
  const file = join(folder, `${name}.png`);
  if (stores) {
    write(file, await still(take));
    return 0;
  }
  if (!existsSync(file)) throw new Error(`${name} is not stored: npm run screenshots`);
  const stored = PNG.sync.read(readFileSync(file));
  const endsMs = performance.now() + settlesWithinMs;
  for (;;) {
    const small = halved(PNG.sync.read(await take()));
    const share = differingShare(stored, small);
    if (share <= toleratedShare) return share;
    if (performance.now() < endsMs) continue;
    write(join(differences, `${name}.png`), small);
    return share;
  }
}

/** Two in a row that are alike. */
async function still(take: () => Promise<Buffer>): Promise<PNG> {
  let before = halved(PNG.sync.read(await take()));
  const endsMs = performance.now() + settlesWithinMs;
  for (;;) {
    const now = halved(PNG.sync.read(await take()));
    if (differingShare(before, now) <= stillShare) return now;
    if (performance.now() > endsMs) throw new Error('the window does not come to rest');
    before = now;
  }
}

export function differingShare(before: PNG, after: PNG): number {
  const { width, height } = before;
  if (after.width !== width || after.height !== height) return 1;
  const options = { threshold: 0.12, includeAA: true };
  const count = pixelmatch(before.data, after.data, undefined, width, height, options);
  return count / (width * height);
}

/** Each pixel is the mean of four. */
export function halved(picture: PNG): PNG {
  const [width, height] = [picture.width >> 1, picture.height >> 1];
  const small = new PNG({ width, height });
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < 4; channel++) {
        const at = (dx: number, dy: number): number =>
          picture.data[((2 * y + dy) * picture.width + 2 * x + dx) * 4 + channel] ?? 0;
        const mean = (at(0, 0) + at(1, 0) + at(0, 1) + at(1, 1)) / 4;
        small.data[(y * width + x) * 4 + channel] = Math.round(mean);
      }
    }
  }
  return small;
}

function write(file: string, picture: PNG): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, PNG.sync.write(picture, { colorType: 2, deflateLevel: 9 }));
}

const inReadme: ReadonlySet<string> = new Set(['diagnosis-zh', 'overview-en', 'firmware-en']);

/** For the README, in full size: those that it shows. */
export async function storeForReadme(name: string, take: () => Promise<Buffer>): Promise<void> {
  if (stores && inReadme.has(name))
    writeFileSync(join(root, 'docs', 'images', `${name}.png`), await take());
}
