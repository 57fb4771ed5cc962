/** Control transfers: a request of eight bytes, with data one way or the other (USB 2.0, 9.3). */
import type { PortError, Wait } from './port.ts';
import type { Submitted, UsbHandle } from './usb-handle.ts';
import { settleWithin, throwIfAborted } from './usb-wait.ts';

export interface ControlRequest {
  /** bmRequestType: kind and recipient; its highest bit follows from `data`. */
  readonly type: number;
  /** bRequest. */
  readonly request: number;
  readonly value: number;
  readonly index: number;
  /** Bytes for the device, or how many to take from it. */
  readonly data: Uint8Array | number;
}

interface ControlPipe {
  readonly handle: UsbHandle;
  readonly port: string;
  readonly fault: (trouble: unknown) => Promise<PortError>;
}

const SETUP_BYTES = 8;
const TO_HOST = 0x80;
const MAX_DATA_BYTES = 4096;

/** What came from the device; empty for a request that sends. See UsbPort.control for errors. */
export async function controlTransfer(
  { type, request, value, index, data }: ControlRequest,
  wait: Wait,
  { handle, port, fault }: ControlPipe,
): Promise<Uint8Array> {
  throwIfAborted(port, wait.signal);
  const takes = typeof data === 'number';
  const length = takes ? data : data.length;
  if (length > MAX_DATA_BYTES) throw new RangeError('bytes of a control transfer');
  const buffer = Buffer.alloc(SETUP_BYTES + length);
  buffer.writeUInt8(takes ? type | TO_HOST : type & ~TO_HOST, 0);
  buffer.writeUInt8(request, 1);
  buffer.writeUInt16LE(value, 2);
  buffer.writeUInt16LE(index, 4);
  buffer.writeUInt16LE(length, 6);
  if (!takes) buffer.set(data, SETUP_BYTES);
  const submitted = await submit(handle, buffer, fault);
  const work = submitted.done.then(async ({ bytes, trouble }) => {
    if (trouble !== null) throw await fault(trouble);
    return takes ? Uint8Array.from(buffer.subarray(SETUP_BYTES, SETUP_BYTES + bytes)) : none;
  });
  return settleWithin({ work, cancel: () => submitted.cancel(), port, late: 'port-silent' }, wait);
}

const none = new Uint8Array(0);

async function submit(
  handle: UsbHandle,
  buffer: Buffer,
  fault: ControlPipe['fault'],
): Promise<Submitted> {
  try {
    return handle.submit(0, 'control', buffer);
  } catch (error) {
    throw await fault(error);
  }
}
