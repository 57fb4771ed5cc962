/** Every command this program speaks, and the one a packet is about. */
import * as basic from './basic/index.ts';
import { type SmpCommand } from './command.ts';
import * as enumeration from './enumeration/index.ts';
import * as files from './files/index.ts';
import { type SmpHeader } from './header.ts';
import * as image from './image/index.ts';
import * as os from './os/index.ts';
import * as settings from './settings/index.ts';
import * as shell from './shell/index.ts';
import * as statistics from './statistics/index.ts';

export const commands: readonly SmpCommand<never, unknown>[] = [
  ...Object.values(os),
  ...Object.values(image),
  ...Object.values(statistics),
  ...Object.values(settings),
  ...Object.values(files),
  ...Object.values(shell),
  ...Object.values(enumeration),
  ...Object.values(basic),
];

/** The command of a request or reply; null where this program has none such. */
export function commandOf(header: SmpHeader): SmpCommand<never, unknown> | null {
  const write = header.operation === 'write' || header.operation === 'write-reply';
  return (
    commands.find(
      ({ group, id, operation }) =>
        group === header.group && id === header.id && (operation === 'write') === write,
    ) ?? null
  );
}
