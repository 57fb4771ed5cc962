import * as image from '../../../../native-bridge/protocols/smp/image/index.ts';
import { bytes } from '../bytes.ts';
import { golden } from './golden.ts';

const hash1 = '5c5e4675419a550604415cf26ac6e397968f6bfb4a752d9b772e6c15c578e319';
const hash0 = '1baa222074cc805faf4e09846d2377886b1e5ef7cfccd9eac1554d82d9aa9d5a';
const hash2 = '60f5f4ecbf80be1c620fdf2834ac7ff850689fd5c54ff57507192fbbd9e68de7';
const sha = 'd7189bce90e4f4f94296ef9006803335e14ba593587e7924ccd2148ef004abb0';

const flags = (pending: string, confirmed: string, active: string): string =>
  `68'bootable' f5 67'pending' ${pending} 69'confirmed' ${confirmed} 66'active' ${active} 69'permanent' f4`;

const slot: Omit<image.ImageSlot, 'version' | 'hash'> = {
  image: 0,
  slot: 0,
  bootable: true,
  pending: false,
  confirmed: true,
  active: true,
  permanent: false,
};

export const imageGolden = [
  golden(image.imageStateRead, {
    says: 'image state with one image',
    source: 'recorded',
    sequence: 11,
    params: undefined,
    request: '0800 0001 0001 0b 00  a0',
    reply: `0900 0086 0001 0b 00  bf 66'images' 9f bf 64'slot' 00 67'version' 65'1.0.0'
      64'hash' 5820 ${hash1} ${flags('f4', 'f5', 'f5')} ff ff 6b'splitStatus' 00 ff`,
    result: { slots: [{ ...slot, version: '1.0.0', hash: bytes(hash1) }], splitStatus: 0 },
  }),
  golden(image.imageStateRead, {
    says: 'image state of a boot loader that leaves out hash and false flags',
    source: 'derived',
    sequence: 12,
    params: undefined,
    request: '0800 0001 0001 0c 00  a0',
    reply: `0900 003e 0001 0c 00  bf 66'images' 9f bf 65'image' 01 64'slot' 01
      67'version' 67'1.1.0.5' 67'pending' f5 69'permanent' f5 ff ff ff`,
    result: {
      slots: [
        {
          image: 1,
          slot: 1,
          version: '1.1.0.5',
          hash: null,
          bootable: false,
          pending: true,
          confirmed: false,
          active: false,
          permanent: true,
        },
      ],
      splitStatus: null,
    },
  }),
  golden(image.imageStateWrite, {
    says: 'marking an image for test',
    source: 'recorded',
    sequence: 231,
    params: { hash: bytes(hash2), confirm: false },
    request: `0a00 0031 0001 e7 00  a2 64'hash' 5820 ${hash2} 67'confirm' f4`,
    reply: `0b00 00f4 0001 e7 00  bf 66'images' 9f
      bf 64'slot' 00 67'version' 65'0.0.0' 64'hash' 5820 ${hash0} ${flags('f4', 'f5', 'f5')} ff
      bf 64'slot' 01 67'version' 65'2.0.0' 64'hash' 5820 ${hash2} ${flags('f5', 'f4', 'f4')} ff
      ff 6b'splitStatus' 00 ff`,
    result: {
      slots: [
        { ...slot, version: '0.0.0', hash: bytes(hash0) },
        {
          ...slot,
          slot: 1,
          version: '2.0.0',
          hash: bytes(hash2),
          pending: true,
          confirmed: false,
          active: false,
        },
      ],
      splitStatus: 0,
    },
  }),
  golden(image.imageStateWrite, {
    says: 'confirming what runs',
    source: 'recorded',
    sequence: 234,
    params: { hash: null, confirm: true },
    request: "0a00 000a 0001 ea 00  a1 67'confirm' f5",
    reply: `0b00 0086 0001 ea 00  bf 66'images' 9f bf 64'slot' 00 67'version' 65'2.0.0'
      64'hash' 5820 ${hash2} ${flags('f4', 'f5', 'f5')} ff ff 6b'splitStatus' 00 ff`,
    result: { slots: [{ ...slot, version: '2.0.0', hash: bytes(hash2) }], splitStatus: 0 },
  }),
  golden(image.imageUpload, {
    says: 'the first piece of an upload (cut short here)',
    source: 'recorded',
    sequence: 4,
    params: {
      offsetBytes: 0,
      data: bytes('3db8f396 00000000'),
      start: { totalBytes: 49692, sha256: bytes(sha), image: 0, upgradeOnly: false },
    },
    request: `0a00 0048 0001 04 01  a5 63'off' 00 64'data' 48 3db8f39600000000
      63'len' 19c21c 63'sha' 5820 ${sha} 65'image' 00`,
    reply: "0b00 0008 0001 04 01  bf 63'off' 18dc ff",
    result: { offsetBytes: 220, match: null },
  }),
  golden(image.imageUpload, {
    says: 'a later piece, with an offset of four bytes',
    source: 'derived',
    sequence: 5,
    params: { offsetBytes: 70_000, data: bytes('ffff'), start: null },
    request: "0a00 0012 0001 05 01  a2 63'off' 1a00011170 64'data' 42 ffff",
    reply: "0b00 000b 0001 05 01  bf 63'off' 1a00011172 ff",
    result: { offsetBytes: 70_002, match: null },
  }),
  golden(image.imageUpload, {
    says: 'a first piece for upgrade only, answered with rc 0 and a match',
    source: 'derived',
    sequence: 6,
    params: {
      offsetBytes: 0,
      data: bytes('3d'),
      start: { totalBytes: 1, sha256: null, image: null, upgradeOnly: true },
    },
    request: "0a00 001b 0001 06 01  a4 63'off' 00 64'data' 41 3d 63'len' 01 67'upgrade' f5",
    reply: "0b00 0012 0001 06 01  bf 62'rc' 00 63'off' 01 65'match' f5 ff",
    result: { offsetBytes: 1, match: true },
  }),
  golden(image.imageErase, {
    says: 'erasing the second slot',
    source: 'recorded',
    sequence: 236,
    params: {},
    request: '0a00 0001 0001 ec 05  a0',
    reply: '0b00 0002 0001 ec 05  bf ff',
    result: undefined,
  }),
  golden(image.imageErase, {
    says: 'erasing a slot by number',
    source: 'derived',
    sequence: 7,
    params: { slot: 3 },
    request: "0a00 0007 0001 07 05  a1 64'slot' 03",
    reply: '0b00 0001 0001 07 05  a0',
    result: undefined,
  }),
  golden(image.slotInfo, {
    says: 'slot sizes',
    source: 'recorded',
    sequence: 3,
    params: undefined,
    request: '0800 0001 0001 03 06  a0',
    reply: `0900 0051 0001 03 06  bf 66'images' 9f bf 65'image' 00 65'slots' 9f
      bf 64'slot' 00 64'size' 1a0001a000 ff
      bf 64'slot' 01 64'size' 1a0001a000 6f'upload_image_id' 00 ff ff ff ff ff`,
    result: {
      images: [
        {
          image: 0,
          slots: [
            { slot: 0, sizeBytes: 106_496, uploadImage: null },
            { slot: 1, sizeBytes: 106_496, uploadImage: 0 },
          ],
          maxImageBytes: null,
        },
      ],
    },
  }),
  golden(image.slotInfo, {
    says: 'slot sizes with the largest image, and a slot that did not open',
    source: 'derived',
    sequence: 8,
    params: undefined,
    request: '0800 0001 0001 08 06  a0',
    reply: `0900 003c 0001 08 06  bf 66'images' 9f bf 65'image' 00 65'slots' 9f
      bf 64'slot' 00 62'rc' 0a ff ff 6e'max_image_size' 1a00019000 ff ff ff`,
    result: {
      images: [
        {
          image: 0,
          slots: [{ slot: 0, sizeBytes: null, uploadImage: null }],
          maxImageBytes: 102_400,
        },
      ],
    },
  }),
];
