/** What became of work on an app: by what the terminal shows, never by Android's word alone. */
import type { AppResult, AppVerdict, InstalledApp } from '../../contract/app.ts';
import type { Sentence } from '../../contract/common.ts';
import type { Fault } from '../../contract/fault.ts';
import type { InstallOutput } from '../../protocols/android/index.ts';
import { sentence } from '../../wording/index.ts';
import type { AppPlan } from './plan.ts';
import { nextAfterInstall, nextAfterRefusal, refusalText, undoOf, versionText } from './words.ts';

/** What is known when it is over. */
export interface Seen {
  /** null: Android did not say. */
  readonly output: InstallOutput | null;
  /** undefined: the terminal could not be read any more. */
  readonly after: InstalledApp | null | undefined;
  /** Nobody waits any more, or it was cut off: nothing goes on at the terminal for sure. */
  readonly isOver: boolean;
  readonly fault: Fault | null;
}

type Judged = Pick<AppResult, 'verdict' | 'refusal' | 'fault' | 'state' | 'next' | 'undo'>;

export function judgeWork(plan: AppPlan, seen: Seen): Judged {
  const { output, after, fault } = seen;
  const refusal = output?.success === false ? (output.refusal ?? output.detail) : null;
  const verdict = verdictOf(plan, seen);
  return {
    verdict,
    refusal,
    fault: verdict === 'done' ? null : fault,
    state: stateOf(plan, verdict, refusal, output?.success === true, after ?? null),
    next: nextOf(plan, verdict, refusal),
    undo:
      plan.action === 'install' && verdict === 'done'
        ? undoOf(plan.before, plan.file?.versionCode ?? null)
        : null,
  };
}

function verdictOf(plan: AppPlan, { output, after, isOver }: Seen): AppVerdict {
  if (after === undefined) return 'unknown';
  if (plan.action === 'uninstall' ? after === null : isInstalled(plan, after)) return 'done';
  if (output !== null) return output.success ? 'nothing-changed' : 'refused';
  return isOver ? 'nothing-changed' : 'unknown';
}

/** The file's version by the file's signer; where that version was there before, written anew. */
export function isInstalled(
  { before, file, signerHashes }: AppPlan,
  after: InstalledApp | null,
): boolean {
  if (after === null || after.versionCode !== file?.versionCode) return false;
  const shown = after.signerHashes;
  if (shown.length > 0 && !shown.every((hash) => signerHashes.includes(hash))) return false;
  return before?.versionCode !== after.versionCode || before.lastUpdate !== after.lastUpdate;
}

function stateOf(
  { action, packageName, before, file }: AppPlan,
  verdict: AppVerdict,
  refusal: string | null,
  isSaid: boolean,
  after: InstalledApp | null,
): Sentence {
  const app = { package: packageName };
  const found = versionText(after);
  if (verdict === 'unknown') return sentence('apps_state_unknown', app);
  if (action === 'uninstall') {
    return verdict === 'done'
      ? sentence('apps_state_uninstalled', app)
      : sentence('apps_state_not_uninstalled', { ...app, refusal: refusalText(refusal), found });
  }
  if (verdict === 'refused') {
    return sentence('apps_state_refused', { ...app, refusal: refusalText(refusal), found });
  }
  if (verdict === 'nothing-changed') {
    return sentence(isSaid ? 'apps_state_untrue' : 'apps_state_cut', { ...app, found });
  }
  if (before === null) return sentence('apps_state_installed', { ...app, version: found });
  return before.versionCode === file?.versionCode
    ? sentence('apps_state_reinstalled', { ...app, version: found })
    : sentence('apps_state_updated', { ...app, from: versionText(before), to: found });
}

function nextOf({ action, role }: AppPlan, verdict: AppVerdict, refusal: string | null): Sentence {
  if (verdict === 'unknown') return sentence('apps_next_reconnect', {});
  if (verdict === 'done') {
    return action === 'install' ? nextAfterInstall(role) : sentence('apps_next_done', {});
  }
  return verdict === 'refused' ? nextAfterRefusal(refusal) : sentence('apps_next_again', {});
}
