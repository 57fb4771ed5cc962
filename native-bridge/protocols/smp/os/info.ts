import { type SmpCommand } from '../command.ts';
import { readText } from '../fields.ts';
import { GROUP } from '../groups.ts';

/**
 * Text about the running system, like uname's. `format`: letters s n r v b m p i o for kernel,
 * node, release, version, build time, machine, processor, platform and system, or a for all of
 * them; without it the kernel's name. Zephyr, OS group, "OS/Application Info".
 */
export const osInfo: SmpCommand<{ readonly format?: string }, { readonly output: string }> = {
  name: 'os/info',
  group: GROUP.os,
  id: 7,
  operation: 'read',
  idempotent: true,
  encode: ({ format }) => ({ format }),
  decode: (body) => ({ output: readText(body, 'output') }),
};
