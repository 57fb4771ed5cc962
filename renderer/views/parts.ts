/**
 * What the first screen does not show is loaded when it is opened, or before, while nothing else is to
 * do: each part is a file of its own, which components/part.svelte shows.
 */
import { loadWords } from '../../native-bridge/wording/index.ts';
import { tabParts } from './tab-parts.ts';

export const parts = {
  terminal: () => import('./terminal.svelte'),
  qr: tabParts.qr,
  withoutTerminal: () => import('./without-terminal.svelte'),
  records: () => import('./records.svelte'),
  training: () => import('./training.svelte'),
  trainingPanel: () => import('../components/training-panel.svelte'),
  preferences: () => import('./preferences.svelte'),
  /** What it offers has its title in both languages. */
  palette: async () => {
    const [palette] = await Promise.all([
      import('../components/command-palette.svelte'),
      loadWords('zh-CN'),
      loadWords('en'),
    ]);
    return palette;
  },
  keysSheet: () => import('../components/keys-sheet.svelte'),
} as const;

/** One after the other: whoever opens a part meanwhile waits for that one alone. */
export async function loadPartsWhenIdle(): Promise<void> {
  for (const load of Object.values({ ...parts, ...tabParts })) {
    await new Promise((resolve) => requestIdleCallback(resolve));
    // Whoever opens it is told.
    await load().catch((error: unknown) => console.error(error));
  }
}
