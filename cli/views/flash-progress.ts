/** Flash progress as one line: phase, bar, share of the whole, rate, time left; what is waited for. */
import type { Locale } from '../../native-bridge/contract/common.ts';
import {
  flashPhases,
  type FlashPhase,
  type FlashProgress,
} from '../../native-bridge/contract/firmware.ts';
import { plain, snakeOfKebab } from '../../native-bridge/wording/catalogue.ts';
import { formatBytes, formatDuration, say, words } from '../../native-bridge/wording/index.ts';

/** Before there is a plan: those that every way of flashing has. */
const onlySomeHave = new Set<FlashPhase>(['unpack', 'update-mode']);
const staged = flashPhases.filter((phase) => !onlySomeHave.has(phase));
const barCells = 24;
/** What is waited for needs the room more. */
const waitingBarCells = 10;

export function progressText(progress: FlashProgress, locale: Locale): string {
  const { phase, fraction, bytesPerSecond, remainingMs, waitingFor, keepConnected } = progress;
  const phases = progress.plan?.steps.map((step) => step.phase) ?? staged;
  const place = `${phases.indexOf(phase) + 1}/${phases.length}`;
  const name = plain(`flash_phase_${snakeOfKebab(phase)}`, locale);
  const parts = [
    `${place} ${name}`,
    `${bar(fraction, waitingFor === null ? barCells : waitingBarCells)} ${String(Math.floor(fraction * 100)).padStart(3)} %`,
    ...(bytesPerSecond === null ? [] : [`${formatBytes(bytesPerSecond, locale)}/s`]),
    ...(remainingMs === null || remainingMs <= 0 ? [] : [left(remainingMs, locale)]),
    ...(waitingFor === null ? [] : [say(waitingFor, locale)]),
    ...(keepConnected ? [words('cli_keep_connected', {}, locale)] : []),
  ];
  return parts.join('  ');
}

/** A log gets a line at each phase, and at each quarter of a phase that is measured. */
export function progressStage({ phase, sentBytes, totalBytes, waitingFor }: FlashProgress): string {
  const measured = sentBytes !== null && totalBytes !== null && totalBytes > 0;
  const quarter = measured ? Math.floor((4 * sentBytes) / totalBytes) : 0;
  return `${phase} ${quarter} ${waitingFor?.key ?? ''}`;
}

/** Whole seconds: tenths would only flicker. */
function left(remainingMs: number, locale: Locale): string {
  const seconds = Math.ceil(remainingMs / 1000);
  return words('cli_time_left', { time: formatDuration(seconds * 1000, locale) }, locale);
}

function bar(fraction: number, cells: number): string {
  const full = Math.floor(fraction * cells);
  return '█'.repeat(full) + '░'.repeat(cells - full);
}
