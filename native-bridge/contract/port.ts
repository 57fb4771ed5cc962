/** Ports: what can be opened, and who has it. */
import { z } from 'zod';

/**
 * Canonical address: `serial:///dev/ttyUSB0?baud=115200`, `serial://COM7?baud=115200`,
 * `tcp://127.0.0.1:7000`; `usb://2fb8:2205/SERIAL` is a USB device, `usb://2fb8:2205/@1-1.4` one named
 * by the place it is plugged in, `adb://192.168.1.20:5555` ADB over the network, `fastboot://192.168.1.20:5554`
 * its boot loader's fastboot;
 * `replay:///home/li/talk.jsonl?pace=1` is a recording of a terminal.
 */
export const portUrlSchema = z.string().min(1).max(512);

/** No terminal is there: what is done on such a port is done to a recording. */
export function isRecording(portUrl: string): boolean {
  return portUrl.startsWith('replay:');
}

export const portInfoSchema = z.object({
  url: portUrlSchema,
  /** What a person calls it: `/dev/ttyUSB0`, `COM7`, `2fb8:2205/SERIAL`. */
  path: z.string(),
  kind: z.enum(['serial', 'tcp', 'usb']),
  /** Which interface of a USB device leads in; null: a serial port. */
  door: z.enum(['adb', 'fastboot', 'dfu']).nullable(),
  /** Ports with the same one are doors of one USB device: where it is plugged in; null: not told. */
  deviceId: z.string().nullable(),
  manufacturer: z.string().nullable(),
  product: z.string().nullable(),
  serialNumber: z.string().nullable(),
  /** Four lower-case hex digits. */
  vendorId: z.string().nullable(),
  productId: z.string().nullable(),
  /** Profile names that recognise this port by its USB ids; empty: unknown, never probed unasked. */
  profiles: z.array(z.string()),
  /** To be left alone; listed only where all are asked for. */
  ignored: z.literal(true).optional(),
});
export type PortInfo = z.infer<typeof portInfoSchema>;

export const portListSchema = z.object({
  ports: z.array(portInfoSchema),
  /** `tty-nodes`: the system has no device database (udev), so names only. */
  listedBy: z.enum(['system', 'tty-nodes']),
});
export type PortList = z.infer<typeof portListSchema>;
