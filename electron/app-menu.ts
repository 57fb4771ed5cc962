/**
 * The menu that macOS wants of every program: it carries copy and paste, and its words are the window's.
 * Electron's own is English, loads the page anew and zooms beside the text size of the preferences.
 */
import type { MenuItemConstructorOptions } from 'electron';
import type { Locale } from '../native-bridge/contract/common.ts';
import { say, words, type MessageKey } from '../native-bridge/wording/index.ts';

type Item = MenuItemConstructorOptions;
type Role = NonNullable<Item['role']>;

const line: Item = { type: 'separator' };

const itemsOf = {
  app: [
    ['about', 'host_menu_about'],
    null,
    ['hide', 'host_menu_hide'],
    ['hideOthers', 'host_menu_hide_others'],
    ['unhide', 'host_menu_show_all'],
    null,
    ['quit', 'host_menu_quit'],
  ],
  edit: [
    ['undo', 'host_menu_undo'],
    ['redo', 'host_menu_redo'],
    null,
    ['cut', 'host_menu_cut'],
    ['copy', 'host_menu_copy'],
    ['paste', 'host_menu_paste'],
    ['selectAll', 'host_menu_select_all'],
  ],
  window: [
    ['minimize', 'host_menu_minimize'],
    ['zoom', 'host_menu_zoom'],
    ['close', 'host_menu_close'],
    null,
    ['front', 'host_menu_front'],
  ],
} as const satisfies Record<string, readonly (readonly [Role, MessageKey] | null)[]>;

export function appMenu(locale: Locale): Item[] {
  const product = words('product_name', {}, locale);
  const labelled = (items: (typeof itemsOf)[keyof typeof itemsOf]): Item[] =>
    items.map((item) =>
      item === null
        ? line
        : { role: item[0], label: say({ key: item[1], facts: { product } }, locale) },
    );
  return [
    { label: product, submenu: labelled(itemsOf.app) },
    { label: words('host_menu_edit', {}, locale), submenu: labelled(itemsOf.edit) },
    {
      role: 'window',
      label: words('host_menu_window', {}, locale),
      submenu: labelled(itemsOf.window),
    },
  ];
}
