/**
 * What is looked at when the window is closed is looked at when it opens again: the place at once, a
 * terminal's view when that terminal is there again.
 */
import type { StoredPreferences } from '../host.d.ts';
import { bench, type Place } from './bench.svelte.ts';
import { tabs, type Tab } from './desk.svelte.ts';
import { preferences } from './preferences.svelte.ts';

type LastView = StoredPreferences['lastView'];

const places: readonly Place[] = [
  'terminals',
  'no-terminal',
  'qr',
  'records',
  'training',
  'preferences',
];

export function rememberView(last: LastView): void {
  const place = places.find((one) => one === last?.place);
  if (place !== undefined) bench.place = place;
  bench.terminals.lookAgain = tabOf(last);
  $effect.root(() => {
    $effect(() => {
      const desk = bench.terminals.selected;
      // Before its terminal has come the view stays the one that was remembered.
      const known = desk === null ? (last ?? { terminalId: null, tab: null }) : null;
      preferences.keepLastView({
        place: bench.place,
        terminalId: known === null ? (desk?.terminal.id ?? null) : known.terminalId,
        tab: known === null ? (desk?.tab ?? null) : known.tab,
      });
    });
  });
}

function tabOf(last: LastView): { readonly terminalId: string; readonly tab: Tab } | null {
  const tab = tabs.find((one) => one === last?.tab);
  const terminalId = last?.terminalId ?? null;
  return tab === undefined || terminalId === null ? null : { terminalId, tab };
}
