/** Values of the protected TLVs (MCUboot, bootutil/image.h: `image_dependency`, `SEC_CNT`). */
import { malformed } from '../firmware-error.ts';
import { formatVersion } from './version.ts';
import { tlvTypes } from './tlv-types.ts';
import type { Tlv } from './tlvs.ts';

/** null: the image has none. Throws `image-malformed`. */
export function readSecurityCounter(tlvs: readonly Tlv[]): number | null {
  const [tlv, second] = tlvs.filter(({ type }) => type === tlvTypes.securityCounter);
  if (!tlv) return null;
  if (second) throw malformed('tlv-twice', second.offsetBytes);
  if (tlv.data.length !== 4) throw malformed('tlv-length', tlv.offsetBytes);
  return viewOf(tlv).getUint32(0, true);
}

export interface Dependency {
  /** Index of the other image, from 0. */
  image: number;
  minVersion: string;
}

/** Throws `image-malformed`. */
export function readDependencies(tlvs: readonly Tlv[]): Dependency[] {
  return tlvs
    .filter(({ type }) => type === tlvTypes.dependency)
    .map((tlv) => {
      if (tlv.data.length !== 12) throw malformed('tlv-length', tlv.offsetBytes);
      const view = viewOf(tlv);
      const version = {
        major: view.getUint8(4),
        minor: view.getUint8(5),
        revision: view.getUint16(6, true),
        build: view.getUint32(8, true),
      };
      return { image: view.getUint8(0), minVersion: formatVersion(version) };
    });
}

function viewOf({ data }: Tlv): DataView {
  return new DataView(data.buffer, data.byteOffset, data.byteLength);
}
