/** Flashes with progress on one line; Ctrl-C stops it while that is safe, and says so when it is not. */
import type {
  FlashPlan,
  FlashProgress,
  FlashResult,
} from '../../native-bridge/contract/firmware.ts';
import { say } from '../../native-bridge/wording/index.ts';
import type { Sentence } from '../../native-bridge/contract/common.ts';
import { askYesNo, canAsk } from '../input.ts';
import type { Shell } from '../shell.ts';
import { progressStage, progressText } from '../views/flash-progress.ts';
import { plain, snakeOfKebab } from '../../native-bridge/wording/catalogue.ts';

export async function runFlash(
  shell: Shell,
  plan: FlashPlan,
  options: {
    readonly keyFileIds: readonly string[];
    readonly allow: readonly string[];
    readonly caseId: string | null;
  },
): Promise<FlashResult> {
  const bridge = await shell.bridge();
  let latest: FlashProgress | null = null;
  let asked = false;
  const show = (progress: FlashProgress) => {
    latest = progress;
    if (progress.question !== null && !asked) {
      asked = true;
      void answer(shell, plan.terminalId, progress.question);
      return;
    }
    // While somebody types, nothing is written over it.
    if (asked && progress.question !== null) return;
    shell.progress.show(progressText(progress, shell.locale), progressStage(progress));
  };
  const explain = () => shell.note(waitingText(latest, shell));
  shell.interrupt.announce(() => {
    if (latest === null || latest.cancellable) shell.note(shell.words('cli_stopping', {}));
    else explain();
  });
  shell.interrupt.hold(explain);
  try {
    return await bridge.request(
      'flash',
      {
        terminalId: plan.terminalId,
        fileId: plan.fileId,
        keyFileIds: [...options.keyFileIds],
        caseId: options.caseId,
        allow: [...options.allow],
        acceptedSha256: plan.image.fileSha256,
      },
      { signal: shell.signal, onProgress: show },
    );
  } finally {
    shell.interrupt.hold(null);
    shell.progress.clear();
  }
}

/** Only who is there can say whether it is the same terminal; without them nothing is confirmed. */
async function answer(shell: Shell, terminalId: string, question: Sentence): Promise<void> {
  const bridge = await shell.bridge();
  shell.progress.clear();
  let said: boolean | null = null;
  if (!canAsk(shell)) {
    shell.note(shell.words('cli_ask_nobody', {}));
  } else {
    said = await askYesNo(shell, shell.words('cli_ask_same', { question: shell.say(question) }));
    if (said === null) shell.note(shell.words('cli_ask_unanswered', {}));
  }
  // `question-gone`: the flash ended meanwhile, and says how.
  await bridge.request('answerFlash', { terminalId, answer: said }).catch(() => undefined);
}

function waitingText(progress: FlashProgress | null, shell: Shell): string {
  const { locale } = shell;
  if (progress === null) return shell.words('cli_stopping', {});
  const phase = plain(`flash_phase_${snakeOfKebab(progress.phase)}`, locale);
  const waiting = progress.waitingFor === null ? phase : say(progress.waitingFor, locale);
  return shell.words('cli_flash_must_finish', { waiting });
}
