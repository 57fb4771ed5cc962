/** How a flash ended: one large word, what is on the terminal, its settings, the next step. */
import type { FlashResult, FlashVerdict } from '../../native-bridge/contract/firmware.ts';
import { plain, snakeOfKebab } from '../../native-bridge/wording/catalogue.ts';
import { cleanText, faultWords, say, words } from '../../native-bridge/wording/index.ts';
import type { ViewOptions } from './diagnosis-view.ts';
import type { Shell } from '../shell.ts';

export function flashResultView(result: FlashResult, options: ViewOptions): string {
  const { locale, style } = options;
  const { fault, failedPhase, allowed, durationMs } = result;
  const lines: string[] = [];
  if (result.corrects) lines.push(words('cli_flash_replaces', {}, locale));
  if (fault !== null) lines.push(faultWords(fault, locale).what);
  if (fault !== null && failedPhase !== null) {
    const step = plain(`flash_phase_${snakeOfKebab(failedPhase)}`, locale);
    lines.push(words('cli_flash_at_step', { step }, locale));
  }
  if (allowed.length > 0) lines.push(words('cli_flash_allowed', { allowed: [...allowed] }, locale));
  lines.push(...recoveryLines(result, options), ...settingsLines(result, options));
  lines.push(words('cli_flash_took', { durationMs }, locale));
  return [
    `${signOf(result.verdict, options)} ${style.bold(verdictText(result.verdict, locale))}`,
    ...[say(result.state, locale), ...lines].map((line) => `  ${line}`),
    `→ ${say(result.next, locale)}`,
  ].join('\n');
}

/** For a command that meets a terminal whose flash was left open. */
export function settledFlashView(result: FlashResult, shell: Shell): string {
  const { locale, errStyle: style, columns } = shell;
  const title = words('cli_flash_corrected', {}, locale);
  return `${style.yellow('▲')} ${title}\n${flashResultView(result, { locale, style, columns })}`;
}

function signOf(verdict: FlashVerdict, { style }: ViewOptions): string {
  if (verdict === 'done' || verdict === 'done-late') return style.green('✓');
  // Flashed and proven; what remains is done at the terminal.
  return verdict === 'not-trading' ? style.yellow('▲') : style.red('✕');
}

/** A terminal's text. */
function recoveryLines({ recoveryText }: FlashResult, { locale }: ViewOptions): string[] {
  if (recoveryText === undefined) return [];
  const lines = recoveryText.map((line) => `  ${cleanText(line)}`);
  return [words('report_flash_recovery_text', {}, locale), ...lines];
}

function settingsLines({ settings }: FlashResult, { locale }: ViewOptions): string[] {
  if (settings === null) return [];
  const { compared, restored, reenter, unread = [], failed, fault } = settings;
  const named = (
    key:
      | 'cli_flash_restored'
      | 'cli_flash_reenter'
      | 'cli_flash_settings_failed'
      | 'cli_flash_settings_unread',
    names: readonly string[],
  ) => (names.length === 0 ? [] : [words(key, { settings: [...names] }, locale)]);
  const kept = fault === null && compared > 0 && restored.length + failed.length === 0;
  return [
    ...(kept ? [words('cli_flash_settings_kept', { compared }, locale)] : []),
    ...named('cli_flash_restored', restored),
    ...named('cli_flash_settings_failed', failed),
    ...named('cli_flash_settings_unread', unread),
    ...named('cli_flash_reenter', reenter),
    ...(fault === null ? [] : [faultWords(fault, locale).what]),
  ];
}

const verdictText = (verdict: FlashVerdict, locale: ViewOptions['locale']): string =>
  plain(`flash_verdict_${snakeOfKebab(verdict)}`, locale);
