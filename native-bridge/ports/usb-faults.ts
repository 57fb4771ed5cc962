/**
 * Why a USB device does not open, and who has it. libusb tells only that it is busy or forbidden:
 * the rest is asked of the system, and of a running adb server, which takes every Android device it
 * sees.
 */
import { adbServerDevices } from './adb-server.ts';
import { findHolder, ourselves } from './port-holder.ts';
import { PortError } from './port.ts';
import type { UsbHandle } from './usb-handle.ts';
import { UsbError } from './usb-trouble.ts';

/** The error behind a failed open or claim. */
export async function claimFault(
  port: string,
  handle: UsbHandle,
  cause: unknown,
): Promise<PortError> {
  if (cause instanceof PortError) return cause;
  switch (cause instanceof UsbError ? cause.trouble : 'other') {
    case 'busy':
      return busy(port, handle, cause);
    case 'forbidden':
      return forbidden(port, handle, cause);
    case 'gone':
      return new PortError('port-missing', { port }, { cause });
    case 'no-driver':
      return new PortError('port-no-driver', { port }, { cause });
    case 'stalled':
    case 'cancelled':
    case 'other':
      return new PortError('port-failed', { port }, { cause });
  }
}

async function busy(port: string, handle: UsbHandle, cause: unknown): Promise<PortError> {
  const node = nodeOf(handle);
  const isLinux = process.platform === 'linux';
  const holder = isLinux ? ((await findHolder(node)) ?? (await ourselves(node))) : null;
  if (holder ? holder.name === 'adb' : await adbServerHas(handle)) {
    const facts = holder ? { port, pid: holder.pid } : { port };
    return new PortError('port-adb-server', facts, { cause });
  }
  const facts = holder ? { port, holder: holder.name, pid: holder.pid } : { port };
  return new PortError('port-busy', facts, { cause });
}

/** macOS and Windows: their systems say of a device in use that it is forbidden. */
async function forbidden(port: string, handle: UsbHandle, cause: unknown): Promise<PortError> {
  if (process.platform !== 'linux') return busy(port, handle, cause);
  return new PortError('port-forbidden', { port, node: nodeOf(handle) }, { cause });
}

async function adbServerHas({ place }: UsbHandle): Promise<boolean> {
  const devices = await adbServerDevices().catch(() => []);
  return devices.some((device) => device.place === place);
}

/** /dev/bus/usb/001/004 (kernel: devices.txt). */
function nodeOf({ bus, number }: UsbHandle): string {
  const digits = (value: number): string => String(value).padStart(3, '0');
  return `/dev/bus/usb/${digits(bus)}/${digits(number)}`;
}
