/** Something that the palette offers. */
import type { Locale } from '../../native-bridge/contract/common.ts';
import type { ShortcutId } from './shortcuts.ts';

export type CommandGroup = 'terminal' | 'views' | 'terminals' | 'places' | 'window' | 'cases';

export interface Command {
  readonly id: string;
  readonly group: CommandGroup;
  readonly title: Readonly<Record<Locale, string>>;
  /** Beside the title: whose it is, what it reads. */
  readonly detail?: string;
  /** What else people call it, in both languages. */
  readonly also?: string;
  readonly shortcut?: ShortcutId;
  readonly run: () => void;
}
