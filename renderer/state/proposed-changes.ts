/** What a dialogue shows of the settings before anything is written, and what may be put back. */
import type { RestoreResult } from '../../native-bridge/contract/backup.ts';
import type {
  Correction,
  SettingRow,
  SettingsTable,
} from '../../native-bridge/contract/correction.ts';

/** A setting's new value beside the one it has. null: it is taken away. */
export interface ShownChange {
  readonly row: Pick<
    SettingRow,
    'key' | 'labels' | 'current' | 'secret' | 'form' | 'restartNeeded'
  >;
  readonly value: string | null;
}

export interface ProposedChange extends ShownChange {
  readonly value: string;
}

export interface ProposedUndo {
  readonly correction: Correction;
  /** Also what was changed since. */
  readonly overwrite: boolean;
  readonly changes: readonly ShownChange[];
}

/** Where to put back from; none named: the terminal's newest backup. */
export interface RestoreSource {
  readonly backupId?: string;
  readonly fileId?: string;
  /** Only these; absent: all that differs. */
  readonly keys?: readonly string[];
  readonly allowOtherTerminal?: true;
}

export interface ProposedRestore {
  readonly source: RestoreSource;
  readonly compared: RestoreResult;
}

export type SettingsOutcome =
  { readonly kind: 'backup' } | { readonly kind: 'correction'; readonly correction: Correction };

type Change = Correction['changes'][number];

/** Of secrets only a network that the terminal had not: its name is enough to take it away. */
export const isUndoableChange = ({ secret, names }: Change): boolean =>
  !secret || (names?.before === null && names.after !== null);

/** As the bridge undoes it: a key that was changed twice once, to its first value. */
export function changesOfUndo(
  { changes, restartNeeded }: Correction,
  table: SettingsTable | null,
): ShownChange[] {
  const firsts = new Map<string, Change>();
  for (const change of changes.filter(isUndoableChange)) {
    if (!firsts.has(change.key)) firsts.set(change.key, change);
  }
  return [...firsts.values()].map(({ key, before, secret, names }) => {
    const row = table?.rows.find((one) => one.key === key);
    const labels = row?.labels ?? { 'zh-CN': key, en: key };
    const last = changes.findLast((change) => change.key === key);
    const current = secret ? (names?.after ?? null) : (row?.current ?? last?.after ?? null);
    const shown = { key, labels, current, secret: false, restartNeeded };
    return { row: shown, value: secret ? null : before };
  });
}
