/**
 * A zip file that nobody vouches for. Its directory is read whole and judged (zip-limits.ts) before
 * any content; content is read by streaming, never beyond its announced size, and its local header
 * must say what the directory said: installers on terminals believe one or the other.
 * Format: PKWARE APPNOTE 6.3.
 */
// eslint-disable-next-line n/no-unsupported-features/node-builtins -- in Node 20 since 20.15
import { crc32 } from 'node:zlib';
import {
  fromRandomAccessReaderPromise,
  type Entry,
  type LocalFileHeader,
  type ZipFile,
} from 'yauzl';
import { FirmwareError, packageMalformed } from '../firmware-error.ts';
import { partOf, type RandomAccess } from '../random-access.ts';
import { ZipReader } from './zip-reader.ts';
import { checkClaims, checkName, maxEntries } from './zip-limits.ts';

export interface ZipEntry {
  readonly name: string;
  readonly sizeBytes: number;
  readonly compressedBytes: number;
  /** Its bytes stand in the file as they are. */
  readonly stored: boolean;
}

interface Listed extends ZipEntry {
  readonly raw: Entry;
}

const encryptedFlag = 0x1;
const descriptorFlag = 0x8;
const inZip64 = 0xffff_ffff;
const endRecordBytes = 22;
const [storedMethod, deflateMethod] = [0, 8];

export class ZipArchive {
  readonly entries: ReadonlyMap<string, ZipEntry>;
  /** The archive's comment: where Android keeps an update's signature. */
  readonly comment: Uint8Array;
  /** Where the directory begins: an app's signature stands before it. */
  readonly directoryOffset: number;
  /** Where the record behind the directory begins. */
  readonly endOffset: number;
  readonly #file: RandomAccess;
  readonly #zip: ZipFile;
  readonly #listed: ReadonlyMap<string, Listed>;

  private constructor(
    file: RandomAccess,
    zip: ZipFile,
    { listed, directoryOffset }: { listed: ReadonlyMap<string, Listed>; directoryOffset: number },
  ) {
    this.#file = file;
    this.#zip = zip;
    this.#listed = listed;
    this.entries = listed;
    // Not decoded: see the options below.
    this.comment = Uint8Array.from(zip.comment as unknown as Buffer);
    this.directoryOffset = directoryOffset;
    this.endOffset = file.sizeBytes - this.comment.length - endRecordBytes;
  }

  /** The file stays the caller's to close. Throws FirmwareError `package-malformed`, `file-changed`. */
  static async open(file: RandomAccess): Promise<ZipArchive> {
    const options = { autoClose: false, decodeStrings: false };
    const zip = await fromRandomAccessReaderPromise(
      new ZipReader(file),
      file.sizeBytes,
      options,
    ).catch((cause: unknown) => {
      throw asFirmwareError(cause, 'not-zip');
    });
    if (zip.entryCount > maxEntries) throw packageMalformed('too-many-entries');
    // It moves as entries are read.
    const directoryOffset = Number(zip.readEntryCursor);
    return new ZipArchive(file, zip, {
      listed: await listed(zip, file.sizeBytes),
      directoryOffset,
    });
  }

  /** Throws FirmwareError `package-malformed`: not there, larger than `maxBytes`, damaged. */
  async read(name: string, maxBytes: number): Promise<Uint8Array> {
    const { sizeBytes } = this.#find(name);
    if (sizeBytes > maxBytes) throw packageMalformed('entry-too-large', { entry: name });
    const bytes = new Uint8Array(sizeBytes);
    let filled = 0;
    for await (const piece of this.stream(name)) {
      bytes.set(piece, filled);
      filled += piece.length;
    }
    return bytes;
  }

  /**
   * The content, unpacked; checked against size and CRC at its end. Throws FirmwareError
   * `package-malformed`: not there, encrypted, packed in an unknown way, damaged.
   */
  async *stream(name: string): AsyncGenerator<Uint8Array, void, void> {
    const { raw, sizeBytes } = this.#find(name);
    await this.#localHeader(name);
    let [seenBytes, checksum] = [0, 0];
    try {
      const stream = await this.#zip.openReadStreamPromise(raw);
      for await (const piece of stream as AsyncIterable<Buffer>) {
        seenBytes += piece.length;
        if (seenBytes > sizeBytes) break;
        checksum = crc32(piece, checksum);
        yield piece;
      }
    } catch (error) {
      throw asFirmwareError(error, 'entry-damaged', name);
    }
    const isWhole = seenBytes === sizeBytes && checksum === raw.crc32;
    if (!isWhole) throw packageMalformed('entry-damaged', { entry: name });
  }

  /** Where a stored entry's bytes begin in the file. Throws FirmwareError `package-malformed`. */
  async dataOffset(name: string): Promise<number> {
    return (await this.#localHeader(name)).fileDataStart;
  }

  /** A stored entry as a file of its own, its CRC unchecked. Throws as `dataOffset`. */
  async storedFile(name: string): Promise<RandomAccess> {
    const { stored, sizeBytes } = this.#find(name);
    if (!stored) throw packageMalformed('entry-compressed', { entry: name });
    return partOf(this.#file, await this.dataOffset(name), sizeBytes);
  }

  #find(name: string): Listed {
    const entry = this.#listed.get(name);
    if (!entry) throw packageMalformed('entry-missing', { entry: name });
    return entry;
  }

  async #localHeader(name: string): Promise<LocalFileHeader> {
    const { raw } = this.#find(name);
    if ((raw.generalPurposeBitFlag & encryptedFlag) !== 0) {
      throw packageMalformed('entry-encrypted', { entry: name });
    }
    if (raw.compressionMethod !== storedMethod && raw.compressionMethod !== deflateMethod) {
      throw packageMalformed('entry-method', { entry: name });
    }
    const header = await this.#zip.readLocalFileHeaderPromise(raw).catch((cause: unknown) => {
      throw asFirmwareError(cause, 'headers-disagree', name);
    });
    if (!agree(header, raw)) throw packageMalformed('headers-disagree', { entry: name });
    return header;
  }
}

/** Sizes of a local header may stand behind the data, or in its zip64 field. */
function agree(header: LocalFileHeader, entry: Entry): boolean {
  const isSame =
    header.fileName.equals(entry.fileNameRaw) &&
    header.compressionMethod === entry.compressionMethod &&
    header.generalPurposeBitFlag === entry.generalPurposeBitFlag;
  const isBehind = (header.generalPurposeBitFlag & descriptorFlag) !== 0;
  const tells = (said: number, listed: number) =>
    said === listed || said === inZip64 || (isBehind && said === 0);
  return (
    isSame &&
    tells(header.compressedSize, entry.compressedSize) &&
    tells(header.uncompressedSize, entry.uncompressedSize) &&
    (header.crc32 === entry.crc32 || (isBehind && header.crc32 === 0))
  );
}

async function listed(zip: ZipFile, fileBytes: number): Promise<ReadonlyMap<string, Listed>> {
  const entries = new Map<string, Listed>();
  try {
    for await (const raw of zip.eachEntry()) {
      const name = nameOf(raw);
      checkName(name);
      if (entries.has(name)) throw packageMalformed('entry-twice', { entry: name });
      entries.set(name, {
        raw,
        name,
        sizeBytes: raw.uncompressedSize,
        compressedBytes: raw.compressedSize,
        stored: raw.compressionMethod === storedMethod,
      });
    }
  } catch (error) {
    throw asFirmwareError(error, 'directory-damaged');
  }
  const claims = [...entries.values()].map(({ raw, ...entry }) => ({
    ...entry,
    nameBytes: raw.fileNameLength,
    headerOffsetBytes: raw.relativeOffsetOfLocalHeader,
  }));
  checkClaims(claims, fileBytes);
  return entries;
}

/** By the name's own bytes, as Android's installers do: the Unicode field beside it may say another. */
function nameOf({ fileNameRaw }: Entry): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(fileNameRaw);
  } catch {
    return fileNameRaw.toString('latin1');
  }
}

function asFirmwareError(
  cause: unknown,
  reason: Parameters<typeof packageMalformed>[0],
  entry?: string,
): FirmwareError {
  if (cause instanceof FirmwareError) return cause;
  return packageMalformed(reason, entry === undefined ? {} : { entry }, cause);
}
