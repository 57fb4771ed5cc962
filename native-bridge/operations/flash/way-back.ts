/** What the boot loader's mode means for the way back, in words. */
import type { Sentence } from '../../contract/common.ts';
import type { Survey } from './method.ts';

const singleSlot: ReadonlySet<string> = new Set(['single-slot', 'single-slot-ram-load']);

export function wayBackOf({ mode, state }: Pick<Survey, 'mode' | 'state'>): Sentence {
  if (state.answering === 'boot-loader') return said('recovery');
  if (mode === null) return said('assumed');
  if (mode.trial) return said(mode.told ? 'trial' : 'assumed');
  if (singleSlot.has(mode.name)) return said('single_slot');
  const key = mode.name === 'overwrite-only' ? 'overwrite' : 'no_confirm';
  return { key: `way_back_${key}`, facts: { mode: mode.name } };
}

const said = (key: string): Sentence => ({ key: `way_back_${key}`, facts: {} });
