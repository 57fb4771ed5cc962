/** How yauzl reads a file: here and there, never beyond its end. */
import { Readable } from 'node:stream';
import { RandomAccessReader } from 'yauzl';
import { piecesOf, type RandomAccess } from '../random-access.ts';

export class ZipReader extends RandomAccessReader {
  readonly #file: RandomAccess;

  constructor(file: RandomAccess) {
    super();
    this.#file = file;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(piecesOf(this.#file, start, end));
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    done: (error: Error | null) => void,
  ): void {
    if (position < 0 || position + length > this.#file.sizeBytes) {
      done(new RangeError('outside of the file'));
      return;
    }
    this.#file.read(position, length).then((bytes) => {
      buffer.set(bytes, offset);
      done(null);
    }, done);
  }
}
