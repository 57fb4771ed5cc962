/** What stands between us and a USB device: the system's rights, and an adb server. */
import { z } from 'zod';

export const adbServerSchema = z.object({
  /** Of its protocol: 41. */
  version: z.number().int(),
  /** Its process; null: the system does not tell. */
  pid: z.number().int().nullable(),
  devices: z.array(
    z.object({
      serialNumber: z.string(),
      /** `device`, `unauthorized`, `offline`, `recovery`, … */
      state: z.string(),
    }),
  ),
});
export type AdbServer = z.infer<typeof adbServerSchema>;

export const usbRequests = {
  /** The adb server that runs on this computer; null: none. */
  getAdbServer: {
    params: z.object({}),
    progress: z.never(),
    result: z.object({ server: adbServerSchema.nullable() }),
  },
  /** Ends it, which only a person may ask for: every program that uses it loses its terminals. */
  stopAdbServer: {
    params: z.object({}),
    progress: z.never(),
    /** false: it still runs. */
    result: z.object({ stopped: z.boolean() }),
  },
  /** Linux: the rule that lets people open terminals. */
  getUdevRule: {
    params: z.object({}),
    progress: z.never(),
    result: z.object({
      rule: z.string(),
      /** Where it belongs. */
      path: z.string(),
      installed: z.boolean(),
    }),
  },
} as const;
