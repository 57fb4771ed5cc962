/**
 * The build's name in a system image, for packages from before vbmeta names it: `build.prop` stands
 * uncompressed in an ext4 image, so that its line is found in passing.
 */

const names = ['ro.system.build.fingerprint=', 'ro.build.fingerprint='];
const longestBytes = 256;

/** Takes an image piece by piece, whatever their borders. */
export class BuildText {
  #rest = '';
  #found: string | null = null;

  /** `Brand/product/device:…`; null: no such line so far. */
  get fingerprint(): string | null {
    return this.#found;
  }

  update(piece: Uint8Array): void {
    if (this.#found !== null) return;
    const text =
      this.#rest + Buffer.from(piece.buffer, piece.byteOffset, piece.length).toString('latin1');
    for (const name of names) {
      const at = text.indexOf(name);
      if (at < 0) continue;
      const line = /^[\x21-\x7e]+(?=[\r\n\0])/.exec(text.slice(at + name.length))?.[0];
      if (line !== undefined && line.length <= longestBytes) this.#found = line;
    }
    this.#rest = text.slice(-(longestBytes + Math.max(...names.map(({ length }) => length))));
  }
}
