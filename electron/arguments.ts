/** What the app was started with. Chromium's own switches stand in the same line and are left alone. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { usualDataFolder } from '../native-bridge/records/moved-folder.ts';

export interface AppArguments {
  /** Where cases, history, locks and the log live: `--data DIR`, else where the shell has it too. */
  readonly dataFolder: string;
  /** By `--data`: it can't be changed from within. */
  readonly folderGiven: boolean;
  /** `--training`: a simulated terminal is attached at start. */
  readonly training: boolean;
}

/** Throws RecordsError `moved-note-unreadable`. */
export function readArguments(argv: readonly string[]): AppArguments {
  const { values } = parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
    options: { data: { type: 'string' }, training: { type: 'boolean' } },
  });
  return {
    dataFolder: typeof values.data === 'string' ? resolve(values.data) : usualDataFolder(),
    folderGiven: typeof values.data === 'string',
    training: values.training === true,
  };
}
