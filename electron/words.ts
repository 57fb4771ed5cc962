/** The host's few words, in the language of the window (else of the system). */
import { app } from 'electron';
import type { Locale } from '../native-bridge/contract/common.ts';
import { words } from '../native-bridge/wording/index.ts';
import type { FileKind, Preferences } from './channels.ts';
import type { Ending } from './closing.ts';

export interface HostWords {
  readonly title: string;
  readonly fileKinds: Readonly<Record<FileKind, string>>;
  readonly allFiles: string;
}

/** Around the data folder's move. */
export interface MoveWords extends Readonly<Record<'title' | 'go' | 'stay' | 'failed', string>> {
  /** `from`: where the old copy stays. */
  readonly copy: (from: string) => string;
  readonly use: (from: string) => string;
  readonly failedDetail: (reason: string) => string;
}

/** The question before the window is closed. */
export type ClosingWords = Readonly<Record<'message' | 'detail' | 'stay' | 'leave', string>>;

type Chosen = Pick<Preferences, 'locale'>;

export function localeOf({ locale }: Chosen): Locale {
  return locale ?? (app.getLocale().toLowerCase().startsWith('zh') ? 'zh-CN' : 'en');
}

export function hostWords(chosen: Chosen): HostWords {
  const locale = localeOf(chosen);
  return {
    title: words('product_name', {}, locale),
    fileKinds: {
      firmware: words('host_file_firmware', {}, locale),
      key: words('host_file_key', {}, locale),
      merchant: words('host_file_merchant', {}, locale),
      profile: words('host_file_profile', {}, locale),
      backup: words('host_file_backup', {}, locale),
      photo: words('host_file_photo', {}, locale),
      picture: words('host_file_picture', {}, locale),
      app: words('host_file_app', {}, locale),
      logo: words('host_file_logo', {}, locale),
      'public-key': words('host_file_public_key', {}, locale),
      signed: words('host_file_signed', {}, locale),
    },
    allFiles: words('host_file_all', {}, locale),
  };
}

export function moveWords(chosen: Chosen): MoveWords {
  const locale = localeOf(chosen);
  return {
    title: words('host_move_title', {}, locale),
    copy: (from) => words('host_move_copy', { from }, locale),
    use: (from) => words('host_move_use', { from }, locale),
    go: words('host_move_go', {}, locale),
    stay: words('host_move_stay', {}, locale),
    failed: words('host_move_failed', {}, locale),
    failedDetail: (reason) => words('host_move_failed_detail', { reason }, locale),
  };
}

/** Before there are preferences: where the note of the data folder's move can't be read. */
export function noteWords(file: string): { readonly what: string; readonly next: string } {
  const locale = localeOf({ locale: null });
  return {
    what: words('fault_moved_note_unreadable_file', { file }, locale),
    next: words('fault_moved_note_unreadable_next', {}, locale),
  };
}

/** Why there is no window: whatever it was, it is nothing that the technician did. */
export function unstartedWords(chosen: Chosen): { readonly what: string; readonly next: string } {
  const locale = localeOf(chosen);
  return {
    what: words('host_unstarted', {}, locale),
    next: words('host_unstarted_next', {}, locale),
  };
}

/** Each piece of work, and what is begun in the window, with what becomes of it. */
export function closingWords(chosen: Chosen, { work, begun }: Ending): ClosingWords {
  const locale = localeOf(chosen);
  const lines = work.map(({ kind, terminal }) => {
    const name = terminal ?? words('host_work_no_terminal', {}, locale);
    return words(`host_work_${kind}`, { name }, locale);
  });
  const lost = begun.map((kind) => words(`host_begun_${kind}`, {}, locale));
  const runs = work.length > 0;
  return {
    message: words(runs ? 'host_busy' : 'host_begun', {}, locale),
    detail: [...lines, ...lost].join('\n\n'),
    stay: words(runs ? 'host_busy_stay' : 'host_begun_stay', {}, locale),
    leave: words(runs ? 'host_busy_leave' : 'host_begun_leave', {}, locale),
  };
}
