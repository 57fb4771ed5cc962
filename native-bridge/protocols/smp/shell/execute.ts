import { type SmpCommand } from '../command.ts';
import { readInteger, readText } from '../fields.ts';
import { GROUP } from '../groups.ts';

export interface ShellReply {
  /** As the shell printed it, colours and all. */
  readonly output: string;
  /** What the command returned; 0 is well. */
  readonly exitCode: number;
}

/**
 * Runs one shell command; its words are joined with blanks by the device, which does not quote
 * them. Output too long for the device's buffer is refused with `message-too-large`, after the
 * command ran. Servers before Zephyr 3.0 return the exit code as `rc`, where others return
 * refusals: with output beside it, it is the command's. Zephyr, "Shell management".
 */
export const shellExecute: SmpCommand<{ readonly argv: readonly string[] }, ShellReply> = {
  name: 'shell/execute',
  group: GROUP.shell,
  id: 0,
  operation: 'write',
  idempotent: false,
  encode: ({ argv }) => ({ argv }),
  decode: (body) => ({
    output: readText(body, 'o'),
    exitCode: readInteger(body, body.has('ret') ? 'ret' : 'rc'),
  }),
  ownsReturnCode: (body) => body.has('o'),
};
