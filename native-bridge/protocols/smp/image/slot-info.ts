import { type CborMap } from '../../cbor.ts';
import { type SmpCommand } from '../command.ts';
import { optional, readCount, readMaps } from '../fields.ts';
import { GROUP } from '../groups.ts';
import { encodeNothing } from '../nothing.ts';

export interface SlotSize {
  readonly slot: number;
  /** null where the device could not open the slot. */
  readonly sizeBytes: number | null;
  /** The `image` of an upload that is to go into this very slot. */
  readonly uploadImage: number | null;
}

export interface SlotInfo {
  readonly images: readonly {
    readonly image: number;
    readonly slots: readonly SlotSize[];
    /** The largest image that the boot loader would take. */
    readonly maxImageBytes: number | null;
  }[];
}

/** How large the slots are (Zephyr 3.6 and later). Zephyr, image group, "Slot info". */
export const slotInfo: SmpCommand<void, SlotInfo> = {
  name: 'image/slot-info',
  group: GROUP.image,
  id: 6,
  operation: 'read',
  idempotent: true,
  encode: encodeNothing,
  decode: (body) => ({
    images: readMaps(body, 'images').map((image) => ({
      image: readCount(image, 'image'),
      slots: readMaps(image, 'slots').map(slotSize),
      maxImageBytes: optional(readCount, image, 'max_image_size'),
    })),
  }),
};

function slotSize(body: CborMap): SlotSize {
  return {
    slot: readCount(body, 'slot'),
    sizeBytes: optional(readCount, body, 'size'),
    uploadImage: optional(readCount, body, 'upload_image_id'),
  };
}
