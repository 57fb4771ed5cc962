/** Ports: what can be opened, and who has it. */
import { z } from 'zod';

/**
 * Canonical address: `serial:///dev/ttyUSB0?baud=115200`, `serial://COM7?baud=115200`,
 * `tcp://127.0.0.1:7000`; `replay:///home/li/talk.jsonl?pace=1` is a recording of a terminal.
 */
export const portUrlSchema = z.string().min(1).max(512);

/** No terminal is there: what is done on such a port is done to a recording. */
export function isRecording(portUrl: string): boolean {
  return portUrl.startsWith('replay:');
}

export const portInfoSchema = z.object({
  url: portUrlSchema,
  /** What the system calls it: `/dev/ttyUSB0`, `COM7`. */
  path: z.string(),
  kind: z.enum(['serial', 'tcp']),
  manufacturer: z.string().nullable(),
  serialNumber: z.string().nullable(),
  /** Four lower-case hex digits. */
  vendorId: z.string().nullable(),
  productId: z.string().nullable(),
  /** Profile names that recognise this port by its USB ids; empty: unknown, never probed unasked. */
  profiles: z.array(z.string()),
});
export type PortInfo = z.infer<typeof portInfoSchema>;

export const portListSchema = z.object({
  ports: z.array(portInfoSchema),
  /** `tty-nodes`: the system has no device database (udev), so names only. */
  listedBy: z.enum(['system', 'tty-nodes']),
});
export type PortList = z.infer<typeof portListSchema>;
