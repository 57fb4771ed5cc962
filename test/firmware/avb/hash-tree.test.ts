/**
 * Roots of dm-verity trees, held to other people's tools: each was told by Debian's veritysetup
 * (`veritysetup format --no-superblock --hash H --salt S IMAGE TREE`), the first by avbtool's own tests
 * too (AOSP, external/avb, avbtool_unittest.cc, AddHashtreeFooter).
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canHash, HashTree } from '../../../native-bridge/firmware/avb/hash-tree.ts';

const counted = Uint8Array.from({ length: 1_052_672 }, (_, n) => n & 0xff);
const holey = Buffer.concat([counted, Buffer.alloc(64 * 1024 * 1024), counted]);

function planFor(algorithm: string, salt: string, dataBlockBytes = 4096) {
  return { algorithm, salt: Buffer.from(salt, 'hex'), dataBlockBytes, hashBlockBytes: 4096 };
}

function rootOf(image: Uint8Array, plan: ReturnType<typeof planFor>, pieceBytes = 65_536): string {
  const tree = new HashTree(plan);
  for (let at = 0; at < image.length; at += pieceBytes) {
    tree.update(image.subarray(at, at + pieceBytes));
  }
  return Buffer.from(tree.root()).toString('hex');
}

test.each([
  ['sha1', 'd00df00d', counted, 'e811611467dcd6e8dc4324e45f706c2bdd51db67'],
  [
    'sha256',
    'd00df00d',
    counted,
    'b10378ed2fbd732cccb9738a06786ece6c3262843f452c1f86ba4bd72ccd5e0a',
  ],
  [
    'sha512',
    '00112233445566778899aabbccddeeff',
    counted,
    'e448c1553d6128c8b960b6ab9bee3113da566a6b93305b9c6d2925fc99eb3232f2b7c12a3f095dd1a92fb13053d27e96567e93f44a3e11dee1d01f3b2f48c0e5',
  ],
  ['sha256', 'd00df00d', holey, 'a3c9a376e1bb4b637b4e68120024e0743437d9b294ceef44c1fc3ed93872bcb3'],
  [
    'sha256',
    'd00df00d',
    counted.subarray(0, 4096),
    '596fc800e37fcf4af1be70306ef6a5b943d6bed8100246da7a7382fd417bad9d',
  ],
  [
    'sha256',
    'd00df00d',
    counted.subarray(0, 8192),
    'd21bc93bc8367a1f4bfb165af8dd870fbcb463c8e65366bce829bdfd086bf4b0',
  ],
])('%s with salt %s of an image has the root that veritysetup tells', (name, salt, image, root) => {
  expect(rootOf(image, planFor(name, salt))).toBe(root);
});

test('data blocks may be smaller than those of the tree', () => {
  expect(rootOf(counted, planFor('sha256', '', 1024))).toBe(
    '4437ee9f09f4b7884cd9ef6a3e62fd8651b9bba9fd90338460cefc8c6442baa3',
  );
});

test('where an image is cut into pieces makes no difference', () => {
  const image = counted.subarray(0, 40_960);
  const plan = planFor('sha256', 'aa');
  const whole = rootOf(image, plan);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9_000 }), (pieceBytes) => {
      expect(rootOf(image, plan, pieceBytes)).toBe(whole);
    }),
    { numRuns: 30 },
  );
});

test('a word that is repeated counts as its bytes, wherever it begins and ends', () => {
  const word = Buffer.from('word');
  const blocks = fc.integer({ min: 0, max: 12_000 }).map((words) => words * 4);
  fc.assert(
    fc.property(blocks, blocks, blocks, (before, repeated, after) => {
      const plan = planFor('sha256', 'aa');
      const tree = new HashTree(plan);
      tree.update(counted.subarray(0, before));
      tree.repeat(word, repeated);
      tree.update(counted.subarray(0, after));
      const image = Buffer.concat([
        counted.subarray(0, before),
        Buffer.alloc(repeated, word),
        counted.subarray(0, after),
      ]);
      expect(Buffer.from(tree.root()).toString('hex')).toBe(rootOf(image, plan));
    }),
    { numRuns: 60 },
  );
});

test('equal blocks have one digest on every level, wherever they begin and end', () => {
  const word = Buffer.from('word');
  const plan = { ...planFor('sha512', 'aa', 512), hashBlockBytes: 512 };
  const blocks = fc.integer({ min: 0, max: 1_200 });
  fc.assert(
    fc.property(blocks, blocks, blocks, (before, repeated, after) => {
      const [head, tail] = [counted.subarray(0, before * 512), counted.subarray(0, after * 512)];
      const tree = new HashTree(plan);
      tree.update(head);
      tree.repeat(word, repeated * 512);
      tree.update(tail);
      const image = Buffer.concat([head, Buffer.alloc(repeated * 512, word), tail]);
      expect(Buffer.from(tree.root()).toString('hex')).toBe(rootOf(image, plan));
    }),
    { numRuns: 30 },
  );
});

test('gigabytes of one word cost a few hashes', () => {
  const plan = { ...planFor('sha512', 'aa'.repeat(256), 512), hashBlockBytes: 512 };
  expect(new HashTree(plan).repeat(Buffer.from('word'), 2 ** 33)).toBeLessThan(2 ** 16);
});

test.each([
  ['an algorithm that is not there', planFor('blake2b-256', '')],
  ['blocks that are no power of two', planFor('sha256', '', 3000)],
  ['blocks of no length', planFor('sha256', '', 0)],
  ['a salt longer than the kernel takes', planFor('sha256', '00'.repeat(257))],
])('%s can not be computed', (_, plan) => {
  expect(canHash(plan)).toBe(false);
});
