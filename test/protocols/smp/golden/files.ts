import * as files from '../../../../native-bridge/protocols/smp/files/index.ts';
import { bytes } from '../bytes.ts';
import { golden } from './golden.ts';

const path = '/lfs1/t.txt';
const sha256 = 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9';

export const filesGolden = [
  golden(files.fileUpload, {
    says: 'writing a file',
    source: 'recorded',
    sequence: 22,
    params: { path, offsetBytes: 0, data: bytes("'hello world'"), totalBytes: 11 },
    request: `0a00 002d 0008 16 00  a4 64'name' 6b'/lfs1/t.txt' 63'len' 0b 63'off' 00
      64'data' 4b'hello world'`,
    reply: "0b00 0007 0008 16 00  bf 63'off' 0b ff",
    result: { offsetBytes: 11 },
  }),
  golden(files.fileUpload, {
    says: 'writing a later piece of a file',
    source: 'derived',
    sequence: 23,
    params: { path, offsetBytes: 11, data: bytes("'!'"), totalBytes: null },
    request: "0a00 001e 0008 17 00  a3 64'name' 6b'/lfs1/t.txt' 63'off' 0b 64'data' 41'!'",
    reply: "0b00 0007 0008 17 00  bf 63'off' 0c ff",
    result: { offsetBytes: 12 },
  }),
  golden(files.fileDownload, {
    says: 'reading a file',
    source: 'recorded',
    sequence: 23,
    params: { path, offsetBytes: 0 },
    request: "0800 0017 0008 17 00  a2 64'name' 6b'/lfs1/t.txt' 63'off' 00",
    reply: "0900 001d 0008 17 00  bf 63'off' 00 64'data' 4b'hello world' 63'len' 0b ff",
    result: { offsetBytes: 0, data: bytes("'hello world'"), totalBytes: 11 },
  }),
  golden(files.fileDownload, {
    says: 'reading a later piece of a file',
    source: 'derived',
    sequence: 24,
    params: { path, offsetBytes: 10 },
    request: "0800 0017 0008 18 00  a2 64'name' 6b'/lfs1/t.txt' 63'off' 0a",
    reply: "0900 000e 0008 18 00  bf 63'off' 0a 64'data' 41'd' ff",
    result: { offsetBytes: 10, data: bytes("'d'"), totalBytes: null },
  }),
  golden(files.fileStatus, {
    says: "a file's length",
    source: 'recorded',
    sequence: 24,
    params: { path },
    request: "0800 0012 0008 18 01  a1 64'name' 6b'/lfs1/t.txt'",
    reply: "0900 0007 0008 18 01  bf 63'len' 0b ff",
    result: { lengthBytes: 11 },
  }),
  golden(files.fileHash, {
    says: "a file's checksum, the device's own choice",
    source: 'recorded',
    sequence: 25,
    params: { path },
    request: "0800 0012 0008 19 02  a1 64'name' 6b'/lfs1/t.txt'",
    reply: `0900 001e 0008 19 02  bf 64'type' 65'crc32' 63'len' 0b 66'output' 1a0d4a1185 ff`,
    result: { type: 'crc32', offsetBytes: 0, lengthBytes: 11, output: 0x0d4a1185 },
  }),
  golden(files.fileHash, {
    says: "a file's SHA-256",
    source: 'recorded',
    sequence: 26,
    params: { path, type: 'sha256' },
    request: "0800 001e 0008 1a 02  a2 64'name' 6b'/lfs1/t.txt' 64'type' 66'sha256'",
    reply: `0900 003c 0008 1a 02  bf 64'type' 66'sha256' 63'len' 0b 66'output' 5820 ${sha256} ff`,
    result: { type: 'sha256', offsetBytes: 0, lengthBytes: 11, output: bytes(sha256) },
  }),
  golden(files.fileHash, {
    says: 'the checksum of a part of a file',
    source: 'derived',
    sequence: 27,
    params: { path, type: 'crc32', offsetBytes: 1, lengthBytes: 2 },
    request: `0800 0027 0008 1b 02  a4 64'name' 6b'/lfs1/t.txt' 64'type' 65'crc32' 63'off' 01
      63'len' 02`,
    reply: `0900 0021 0008 1b 02  bf 64'type' 65'crc32' 63'off' 01 63'len' 02 66'output' 1901f4 ff`,
    result: { type: 'crc32', offsetBytes: 1, lengthBytes: 2, output: 500 },
  }),
  golden(files.fileHashTypes, {
    says: 'the hashes a device can make',
    source: 'recorded',
    sequence: 27,
    params: undefined,
    request: '0800 0001 0008 1b 03  a0',
    reply: `0900 0038 0008 1b 03  bf 65'types' bf 65'crc32' bf 66'format' 00 64'size' 04 ff
      66'sha256' bf 66'format' 01 64'size' 1820 ff ff ff`,
    result: {
      types: new Map([
        ['crc32', { format: 'number' as const, sizeBytes: 4 }],
        ['sha256', { format: 'bytes' as const, sizeBytes: 32 }],
      ]),
    },
  }),
  golden(files.fileClose, {
    says: 'closing the file',
    source: 'recorded',
    sequence: 28,
    params: undefined,
    request: '0a00 0001 0008 1c 04  a0',
    reply: '0b00 0002 0008 1c 04  bf ff',
    result: undefined,
  }),
];
