import { type SmpCommand } from '../command.ts';
import { readText } from '../fields.ts';
import { GROUP } from '../groups.ts';

/** Sends text back: is somebody there, and how long does a round trip take? */
export const echo: SmpCommand<{ readonly text: string }, { readonly text: string }> = {
  name: 'os/echo',
  group: GROUP.os,
  id: 0,
  operation: 'write',
  idempotent: true,
  encode: ({ text }) => ({ d: text }),
  decode: (body) => ({ text: readText(body, 'r') }),
};
