/** What was asked for and comes when the technician has turned to something else. */
import type { Tab } from './desk.svelte.ts';

/** Where the technician is. */
export interface Attention {
  /** Taken as something is asked for: says later whether they are still there, and no dialogue is open. */
  now(): () => boolean;
  sees(terminalId: string): boolean;
}

/** What was not opened under the technician's hands, and waits to be. */
export interface Offered {
  readonly terminalId: string;
  /** null: its last view. */
  readonly tab: Tab | null;
  readonly because: 'connected' | 'ended';
}

/** In a window that shows nothing but terminals. */
export function attentionTo(terminals: {
  readonly turns: number;
  readonly selectedId: string | null;
}): Attention {
  return {
    now: () => {
      const { turns } = terminals;
      return () => terminals.turns === turns;
    },
    sees: (terminalId) => terminals.selectedId === terminalId,
  };
}
