/** Versions of apps and the word that their work ended with, as the window says them. */
import type { AppInspection, AppResult, InstalledApp } from '../../native-bridge/contract/app.ts';
import { cleanText } from '../../native-bridge/wording/index.ts';
import { t, tNamed } from './words.svelte.ts';

type Versioned = Pick<InstalledApp, 'versionName' | 'versionCode'>;

/** `6.2.8 (60208)`. */
export function versionOf({ versionName, versionCode }: Versioned): string {
  const name = cleanText(versionName ?? '–', 80);
  return t('apps_version', { name, code: String(versionCode ?? '–') });
}

/** What the button does: it names the version, and whether one is there. */
export function installWords({ app, installed }: AppInspection): string {
  const version = cleanText(app.versionName ?? String(app.versionCode ?? ''), 40);
  if (installed === null) return t('app_apps_install', { version });
  const isSame = installed.versionCode === app.versionCode;
  return isSame ? t('app_apps_again', { version }) : t('app_apps_update', { version });
}

export function endWord({ action, verdict, before }: AppResult): string {
  if (verdict !== 'done') return tNamed('app_apps_verdict', verdict);
  const what = action === 'install' && before !== null ? 'update' : action;
  return tNamed('app_apps_verdict', `${what}-done`);
}
