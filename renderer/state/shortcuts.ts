/**
 * The keys that work everywhere in the window: one table for what acts on them, for the palette that
 * shows them and for the sheet that lists them. `mod` is Ctrl, on macOS ⌘.
 */
import type { MessageKey } from '../../native-bridge/wording/index.ts';

export interface Shortcut {
  readonly id: ShortcutId;
  /** `KeyboardEvent.key` in lower case, or `code` where a keyboard's language must not matter. */
  readonly key: string;
  /** The same on another keyboard, or on its number pad. */
  readonly also?: readonly string[];
  readonly mod?: true;
  /** `any`: the key is typed with Shift on one keyboard and without on another. */
  readonly shift?: true | 'any';
  readonly alt?: true;
  readonly label: MessageKey;
}

const tabNumbers = [1, 2, 3, 4, 5, 6, 7, 8] as const;
type TabShortcut = `tab-${(typeof tabNumbers)[number]}`;

export type ShortcutId =
  | TabShortcut
  | 'palette'
  | 'keys'
  | 'read-again'
  | 'diagnose'
  | 'copy-summary'
  | 'next-terminal'
  | 'previous-terminal'
  | 'next-region'
  | 'previous-region'
  | 'preferences'
  | 'larger'
  | 'smaller'
  | 'usual-size';

/** In the order in which the sheet lists them. */
export const shortcuts: readonly Shortcut[] = [
  { id: 'palette', key: 'k', mod: true, label: 'frame_key_palette' },
  { id: 'keys', key: '?', shift: 'any', label: 'frame_key_keys' },
  { id: 'diagnose', key: 'enter', mod: true, label: 'frame_key_diagnose' },
  { id: 'read-again', key: 'f5', label: 'frame_key_read_again' },
  { id: 'copy-summary', key: 'c', mod: true, shift: true, label: 'frame_key_copy_summary' },
  ...tabNumbers.map((number) => ({
    ...({ id: `tab-${number}`, key: `digit${number}`, mod: true } as const),
    label: 'frame_key_tab' as const,
  })),
  { id: 'next-terminal', key: 'arrowdown', alt: true, label: 'frame_key_next_terminal' },
  { id: 'previous-terminal', key: 'arrowup', alt: true, label: 'frame_key_previous_terminal' },
  { id: 'next-region', key: 'f6', label: 'frame_key_next_region' },
  { id: 'previous-region', key: 'f6', shift: true, label: 'frame_key_previous_region' },
  { id: 'preferences', key: ',', mod: true, label: 'frame_key_preferences' },
  {
    ...({ id: 'larger', key: '=', also: ['+'], mod: true, shift: 'any' } as const),
    label: 'frame_key_larger',
  },
  { id: 'smaller', key: '-', mod: true, label: 'frame_key_smaller' },
  { id: 'usual-size', key: 'digit0', also: ['0'], mod: true, label: 'frame_key_usual_size' },
];

/** The part of a keyboard event that counts. */
interface Pressed {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

interface Where {
  readonly mac: boolean;
  /** The key goes into a field: then only what no field needs counts. */
  readonly writing: boolean;
  /** The field belongs to a diagnosis, which Ctrl Enter runs. */
  readonly diagnosing: boolean;
}

export function shortcutOf(
  pressed: Pressed,
  { mac, writing, diagnosing }: Where,
): ShortcutId | null {
  const key = pressed.key.toLowerCase();
  const code = pressed.code.toLowerCase();
  const mod = mac ? pressed.metaKey : pressed.ctrlKey;
  const other = mac ? pressed.ctrlKey : pressed.metaKey;
  if (other) return null;
  const found = shortcuts.find(
    (one) =>
      [one.key, ...(one.also ?? [])].some((name) => name === key || name === code) &&
      (one.mod ?? false) === mod &&
      (one.alt ?? false) === pressed.altKey &&
      (one.shift === 'any' || (one.shift ?? false) === pressed.shiftKey),
  );
  if (found === undefined) return null;
  // Alt and an arrow open a list of choices.
  const isFields = found.key === '?' || found.alt || (found.id === 'diagnose' && !diagnosing);
  return writing && isFields ? null : found.id;
}

const names: Readonly<Record<string, string>> = {
  enter: '↵',
  arrowdown: '↓',
  arrowup: '↑',
  '=': '+',
  '-': '−',
};

/** One text for each key that is held: `Ctrl`, `K`. */
export function keysOf(id: ShortcutId, mac: boolean): readonly string[] {
  const shortcut = shortcuts.find((one) => one.id === id);
  if (shortcut === undefined) return [];
  const { key, mod, shift, alt } = shortcut;
  return [
    ...(mod ? [mac ? '⌘' : 'Ctrl'] : []),
    ...(alt ? [mac ? '⌥' : 'Alt'] : []),
    ...(shift === true ? [mac ? '⇧' : 'Shift'] : []),
    names[key] ?? key.replace(/^digit/, '').toUpperCase(),
  ];
}
