/** What libusb says of a call that failed, as errors of our own. */
import type { LibUSBException } from 'usb';

/** What went wrong, where libusb tells it; `other` holds the rest. */
export type UsbTrouble =
  'busy' | 'cancelled' | 'forbidden' | 'gone' | 'no-driver' | 'other' | 'stalled';

export class UsbError extends Error {
  override readonly name = 'UsbError';
  readonly trouble: UsbTrouble;

  constructor(trouble: UsbTrouble, what: string, options?: ErrorOptions) {
    super(`${what}: ${trouble}`, options);
    this.trouble = trouble;
  }
}

/** libusb's own codes (libusb.h, enum libusb_error). */
const troubles: Readonly<Record<number, UsbTrouble>> = {
  [-3]: 'forbidden',
  [-4]: 'gone',
  [-5]: 'gone',
  [-6]: 'busy',
  [-9]: 'stalled',
  [-12]: 'no-driver',
};

/** Throws UsbError. */
export function attempt<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw troubleOf(what, cause);
  }
}

/** As `attempt`, for calls that answer later. */
export function later(
  what: string,
  work: (done: (error?: LibUSBException) => void) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error?: LibUSBException): void => {
      if (error) reject(troubleOf(what, error));
      else resolve();
    };
    try {
      work(done);
    } catch (cause) {
      reject(troubleOf(what, cause));
    }
  });
}

function troubleOf(what: string, cause: unknown): UsbError {
  const { errno } = cause as { readonly errno?: number };
  return new UsbError(troubles[errno ?? 0] ?? 'other', what, { cause });
}

export function quietly(work: () => unknown): void {
  try {
    work();
  } catch {
    // It is on its way out.
  }
}
