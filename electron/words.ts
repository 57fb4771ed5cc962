/** The host's few words, in the language of the window (else of the system). */
import { app } from 'electron';
import { words } from '../native-bridge/wording/index.ts';
import type { FileKind, Preferences } from './channels.ts';

export interface HostWords {
  readonly title: string;
  readonly fileKinds: Readonly<Record<FileKind, string>>;
  readonly allFiles: string;
  readonly busy: Readonly<Record<'message' | 'detail' | 'stay' | 'leave', string>>;
}

export function hostWords({ locale: chosen }: Pick<Preferences, 'locale'>): HostWords {
  const locale = chosen ?? (app.getLocale().toLowerCase().startsWith('zh') ? 'zh-CN' : 'en');
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
    busy: {
      message: words('host_busy', {}, locale),
      detail: words('host_busy_detail', {}, locale),
      stay: words('host_busy_stay', {}, locale),
      leave: words('host_busy_leave', {}, locale),
    },
  };
}
