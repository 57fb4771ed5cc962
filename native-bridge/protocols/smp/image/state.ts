import { type CborMap } from '../../cbor.ts';
import {
  optional,
  readBytes,
  readCount,
  readFlag,
  readInteger,
  readMaps,
  readText,
} from '../fields.ts';

export interface ImageSlot {
  /** Which of several images (cores); 0 where the device has one and leaves it out. */
  readonly image: number;
  readonly slot: number;
  /** As the device writes it: `1.1.0` or, with a build number, `1.1.0.5`. */
  readonly version: string;
  /** The image's own hash; null where the device can't tell. */
  readonly hash: Uint8Array | null;
  readonly bootable: boolean;
  /** Will be swapped in at the next restart. */
  readonly pending: boolean;
  readonly confirmed: boolean;
  /** It is what runs now. */
  readonly active: boolean;
  /** Pending for good, not as a trial. */
  readonly permanent: boolean;
}

export interface ImageState {
  readonly slots: readonly ImageSlot[];
  /** Mynewt's; Zephyr sends 0 or nothing. */
  readonly splitStatus: number | null;
}

/** The reply of both state commands. */
export function decodeImageState(body: CborMap): ImageState {
  return {
    slots: readMaps(body, 'images').map(decodeSlot),
    splitStatus: optional(readInteger, body, 'splitStatus'),
  };
}

function decodeSlot(body: CborMap): ImageSlot {
  return {
    image: optional(readCount, body, 'image') ?? 0,
    slot: readCount(body, 'slot'),
    version: readText(body, 'version'),
    hash: optional(readBytes, body, 'hash'),
    bootable: readFlag(body, 'bootable'),
    pending: readFlag(body, 'pending'),
    confirmed: readFlag(body, 'confirmed'),
    active: readFlag(body, 'active'),
    permanent: readFlag(body, 'permanent'),
  };
}
