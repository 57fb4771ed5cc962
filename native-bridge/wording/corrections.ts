/** What a kept correction was: a change, an undo, a restore, and how it ended. */
import type { Locale } from '../contract/common.ts';
import type { Correction } from '../contract/correction.ts';
import { plain } from './catalogue.ts';

export function correctionKind(
  { outcome, undoes, backupId }: Pick<Correction, 'outcome' | 'undoes' | 'backupId'>,
  locale: Locale,
): string {
  const done =
    undoes !== undefined || outcome === 'undone'
      ? 'undo'
      : backupId === undefined
        ? 'apply'
        : 'restore';
  if (outcome === 'reverted') return plain(`correction_${done}_reverted`, locale);
  if (outcome === 'partly-applied') return plain(`correction_${done}_partly`, locale);
  return plain(`correction_${done}`, locale);
}
