/** What became of an app, in sentences: the state, what to do next, the way back. */
import type { AppRole, InstalledApp } from '../../contract/app.ts';
import type { Sentence } from '../../contract/common.ts';
import { perLocale, sentence, words, type PerLocale } from '../../wording/index.ts';

/** `6.2.8 (60208)`, or that there is none. */
export function versionText(
  app: Pick<InstalledApp, 'versionName' | 'versionCode'> | null,
): PerLocale {
  return perLocale((locale) => {
    if (app === null) return words('apps_none', {}, locale);
    const { versionName, versionCode } = app;
    const code = String(versionCode ?? '–');
    return words('apps_version', { name: versionName ?? '–', code }, locale);
  });
}

export function undoOf(before: InstalledApp | null, versionCode: number | null): Sentence {
  if (before === null) return sentence('apps_undo_uninstall', {});
  return before.versionCode === versionCode
    ? sentence('apps_undo_same', {})
    : sentence('apps_undo_earlier', { version: versionText(before) });
}

export function nextAfterInstall(role: AppRole): Sentence {
  if (role === 'payment') return sentence('apps_next_payment', {});
  return role === 'scanner' ? sentence('apps_next_scanner', {}) : sentence('apps_next_open', {});
}

/** Android's word, or that it gave none. */
export function refusalText(refusal: string | null): string | PerLocale {
  return refusal ?? perLocale((locale) => words('apps_no_reason', {}, locale));
}

const refusals = {
  INSTALL_FAILED_UPDATE_INCOMPATIBLE: 'apps_refusal_signer',
  INSTALL_FAILED_SHARED_USER_INCOMPATIBLE: 'apps_refusal_signer',
  INSTALL_PARSE_FAILED_INCONSISTENT_CERTIFICATES: 'apps_refusal_signer',
  INSTALL_FAILED_VERSION_DOWNGRADE: 'apps_refusal_older',
  INSTALL_FAILED_INSUFFICIENT_STORAGE: 'apps_refusal_room',
  INSTALL_FAILED_MEDIA_UNAVAILABLE: 'apps_refusal_room',
  INSTALL_FAILED_OLDER_SDK: 'apps_refusal_android',
  INSTALL_FAILED_NO_MATCHING_ABIS: 'apps_refusal_abi',
  INSTALL_FAILED_CPU_ABI_INCOMPATIBLE: 'apps_refusal_abi',
  INSTALL_FAILED_USER_RESTRICTED: 'apps_refusal_restricted',
  INSTALL_FAILED_ABORTED: 'apps_refusal_restricted',
  INSTALL_FAILED_VERIFICATION_FAILURE: 'apps_refusal_verification',
  INSTALL_FAILED_VERIFICATION_TIMEOUT: 'apps_refusal_verification',
  INSTALL_FAILED_INVALID_APK: 'apps_refusal_file',
  INSTALL_FAILED_INVALID_URI: 'apps_refusal_file',
  INSTALL_PARSE_FAILED_NOT_APK: 'apps_refusal_file',
  INSTALL_PARSE_FAILED_BAD_MANIFEST: 'apps_refusal_file',
  INSTALL_PARSE_FAILED_NO_CERTIFICATES: 'apps_refusal_unsigned',
  INSTALL_FAILED_DUPLICATE_PERMISSION: 'apps_refusal_conflict',
  INSTALL_FAILED_CONFLICTING_PROVIDER: 'apps_refusal_conflict',
  INSTALL_FAILED_MISSING_SHARED_LIBRARY: 'apps_refusal_library',
  INSTALL_FAILED_MISSING_FEATURE: 'apps_refusal_library',
  INSTALL_FAILED_MISSING_SPLIT: 'apps_refusal_parts',
  INSTALL_FAILED_TEST_ONLY: 'apps_refusal_test_only',
} as const;

/** What a technician does about Android's refusal (android.content.pm.PackageManager, INSTALL_*). */
export function nextAfterRefusal(refusal: string | null): Sentence {
  const known = Object.entries(refusals).find(([name]) => name === refusal);
  if (known !== undefined) return sentence(known[1], {});
  return sentence('apps_next_vendor', { refusal: refusalText(refusal) });
}
