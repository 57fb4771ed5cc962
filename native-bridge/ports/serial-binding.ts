/**
 * The one file that knows the serialport library (version 13). Its binding is used, not its
 * stream: a read is asked for only when there is room, and each write tells when it was taken. It is
 * loaded when ports are first asked for.
 */

/** An open serial line as the library's binding offers it. */
export interface SerialBinding {
  /** Waits for bytes; rejects when the line goes or is closed. */
  read(buffer: Buffer, offset: number, length: number): Promise<{ readonly bytesRead: number }>;
  /** Resolves when the operating system has taken all of it. */
  write(buffer: Buffer): Promise<void>;
  /** Modem lines that are not named are cleared. */
  set(lines: ModemLines): Promise<void>;
  close(): Promise<void>;
}

export interface ModemLines {
  readonly dtr: boolean;
  readonly rts: boolean;
  readonly brk: boolean;
  readonly cts: boolean;
  readonly dsr: boolean;
}

/** A port as the operating system's device database describes it. */
export interface SystemPort {
  readonly path: string;
  readonly manufacturer?: string | undefined;
  readonly product?: string | undefined;
  readonly serialNumber?: string | undefined;
  readonly vendorId?: string | undefined;
  readonly productId?: string | undefined;
  /** Where the device is plugged in: the same for all ports of one device, another for each other. On Linux `1-1.4`. */
  readonly locationId?: string | undefined;
}

/**
 * What we use of the library. Its own types are lost: they come from a package whose `exports`
 * name no types (@serialport/bindings-interface 1.2.2).
 */
interface Library {
  readonly binding: {
    open(options: { path: string; baudRate: number; lock: boolean }): Promise<SerialBinding>;
  };
  list(): Promise<SystemPort[]>;
}

async function library(): Promise<Library> {
  const { SerialPort } = await import('serialport');
  const known = SerialPort as unknown as Library;
  return known;
}

/** Opens with an exclusive lock (flock on Unix). Rejects with the library's own English words. */
export async function openBinding(path: string, baudRate: number): Promise<SerialBinding> {
  return await (await library()).binding.open({ path, baudRate, lock: true });
}

/** Rejects with `spawn udevadm ENOENT` on a Linux without udev. Opens nothing. */
export async function listSystemPorts(): Promise<SystemPort[]> {
  return await (await library()).list();
}
