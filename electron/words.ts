/** The host's few words, in the language of the window (else of the system). */
import { app } from 'electron';
import { m } from '../native-bridge/wording/generated/messages.js';
import type { FileKind, Preferences } from './channels.ts';

export interface HostWords {
  readonly title: string;
  readonly fileKinds: Readonly<Record<FileKind, string>>;
  readonly allFiles: string;
  readonly busy: Readonly<Record<'message' | 'detail' | 'stay' | 'leave', string>>;
}

export function words({ locale: chosen }: Pick<Preferences, 'locale'>): HostWords {
  const locale = chosen ?? (app.getLocale().toLowerCase().startsWith('zh') ? 'zh-CN' : 'en');
  const say = { locale };
  return {
    title: m.product_name({}, say),
    fileKinds: {
      firmware: m.host_file_firmware({}, say),
      key: m.host_file_key({}, say),
      merchant: m.host_file_merchant({}, say),
      profile: m.host_file_profile({}, say),
    },
    allFiles: m.host_file_all({}, say),
    busy: {
      message: m.host_busy({}, say),
      detail: m.host_busy_detail({}, say),
      stay: m.host_busy_stay({}, say),
      leave: m.host_busy_leave({}, say),
    },
  };
}
