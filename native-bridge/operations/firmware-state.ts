/** What the terminal's image list means, in the flash's and the readings' words. */
import type { ImageSlot, ImageState } from '../protocols/smp/image/state.ts';

/** The slot whose image runs now (image 0). */
export function runningSlot(state: ImageState): ImageSlot | null {
  return state.slots.find((slot) => slot.active && slot.image === 0) ?? null;
}

export function slotHashes(state: ImageState): string[] {
  return state.slots.flatMap((slot) => (slot.hash ? [toHex(slot.hash)] : []));
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
