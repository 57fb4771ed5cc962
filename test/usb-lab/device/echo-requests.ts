/** What the echo device is told by vendor requests to its interface (USB 2.0, table 9-2: D6..5 = 2). */

/** Vendor, to an interface. */
export const requestType = 0x41;

export const echoRequests = {
  /** `value`: 1 takes transfers and sends them back, 2 takes them and says nothing, 0 takes none. */
  mode: 1,
  /** Sends `value` bytes that nobody asked for, and does not end the transfer. */
  send: 2,
  /** Takes out: how long the last transfer was that came whole, and how many came (UInt32LE each). */
  seen: 3,
  /** `value`: 1 halts the endpoint to the host, 0 the one to the device. */
  halt: 4,
} as const;

/** What is sent unasked: every byte says where it is. */
export function pattern(length: number, from = 0): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (from + index) % 251);
}
