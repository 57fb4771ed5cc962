import type { LinearPattern } from './linear-pattern.ts';

/** How a model's USB device is known. Bridge chips share their ids: then the descriptor decides. */
export interface UsbDevice {
  /** Four lower-case hex digits. */
  readonly vendorId: string;
  readonly productId: string | null;
  /** Found in the manufacturer string descriptor; null: any. */
  readonly manufacturer: LinearPattern | null;
}
