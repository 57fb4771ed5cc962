/** The lab's own vendor: small signed images, and profiles made from the training code box's. */
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildImage, ecdsaEntry, hashEntry, keyHashEntry } from '../../firmware/build-image.ts';
import { publicPem } from '../../firmware/build-image.ts';
import { newFolder } from './product.ts';

const folder = newFolder();
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const pem = publicPem(privateKey);

export const vendorKey = file('vendor.pem', pem);

/** An image of 24 KB that only its version tells from the others. */
export function image(version: string): string {
  const [major = 0, minor = 0, revision = 0] = version.split('.').map(Number);
  const bytes = buildImage({
    version: [major, minor, revision, 0],
    payload: new Uint8Array(24_000).fill(revision),
    plainEntries: (covered) => [
      hashEntry(covered),
      keyHashEntry(privateKey),
      ecdsaEntry(privateKey, covered),
    ],
  });
  return file(`image-${version}.bin`, bytes);
}

/** The training code box as this vendor flashes it; `lines` go into the profile. */
export function vendorProfile(
  name: string,
  lines: readonly string[] = [],
  swapTimeoutMs = 40_000,
): string {
  return file(
    `${name}.yaml`,
    [
      'format: 1',
      `name: ${name}`,
      'extends: [training-codebox]',
      'vendor: USB lab',
      'model: CB-200',
      'labels: { zh-CN: 实验码牌, en: Lab code box }',
      'firmware:',
      '  family: mcuboot',
      '  keys:',
      '    - name: lab',
      '      pem: |',
      ...pem
        .trimEnd()
        .split('\n')
        .map((line) => `        ${line}`),
      '  signatureRequired: true',
      '  bootloaderMode: swap',
      `  swapTimeoutMs: ${swapTimeoutMs}`,
      ...lines,
      '',
    ].join('\n'),
  );
}

/** In a folder of the lab's own. */
export function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
