/** What a flash will do: versions, way back, line, each step with its share, and what speaks against it. */
import type { FlashPlan } from '../../native-bridge/contract/firmware.ts';
import { plain, snakeOfKebab } from '../../native-bridge/wording/catalogue.ts';
import {
  formatBytes,
  formatDuration,
  packageRows,
  say,
  words,
} from '../../native-bridge/wording/index.ts';
import { table } from '../output/table.ts';
import type { ViewOptions } from './diagnosis-view.ts';
import { signatureText } from './firmware-view.ts';
import { pairs, type Pair } from './pairs.ts';

export function planView(plan: FlashPlan, options: ViewOptions): string {
  const { locale, style, columns } = options;
  const allowHint = (code: string) => style.dim(` (--allow ${code})`);
  return [
    style.bold(words('cli_plan_title', {}, locale)),
    pairs(planPairs(plan, options), columns, style),
    stepTable(plan, options),
    ...plan.blockers.map(
      ({ text, code, allowable }) =>
        `  ${style.red('✕')} ${say(text, locale)}${allowable ? allowHint(code) : ''}`,
    ),
    ...plan.warnings.map(
      ({ text, code, allowable }) =>
        `  ${style.yellow('▲')} ${say(text, locale)}${allowable === true ? allowHint(code) : ''}`,
    ),
  ].join('\n');
}

function planPairs(plan: FlashPlan, { locale }: ViewOptions): Pair[] {
  const wayBack =
    plan.wayBack === undefined
      ? words(plan.canRevert ? 'cli_plan_can_revert' : 'cli_plan_no_way_back', {}, locale)
      : say(plan.wayBack, locale);
  const time = timeText(plan, locale);
  const size = formatBytes(plan.image.sizeBytes, locale);
  const slot = plan.slotSizeBytes === null ? '–' : formatBytes(plan.slotSizeBytes, locale);
  const isOta = plan.image.format !== 'mcuboot';
  return [
    [words('cli_plan_version', {}, locale), `${plan.fromVersion ?? '–'} → ${plan.toVersion}`],
    [words('cli_image_signature', {}, locale), signatureText(plan.image.signature, locale)],
    ...packageRows(plan.image, locale).map(({ label, value }): Pair => [label, value]),
    [words('cli_image_size', {}, locale), isOta ? size : `${size} / ${slot}`],
    ...(isOta ? [] : [modePair(plan, locale)]),
    [words('cli_plan_way_back', {}, locale), wayBack],
    [words('cli_plan_line', {}, locale), lineText(plan, locale)],
    [
      words('cli_plan_time', {}, locale),
      words(`cli_plan_time_${plan.timesFrom ?? 'usual'}`, { time }, locale),
    ],
  ];
}

function modePair({ bootloaderMode }: FlashPlan, locale: ViewOptions['locale']): Pair {
  return [
    words('cli_plan_mode', {}, locale),
    bootloaderMode ?? words('cli_plan_mode_unknown', {}, locale),
  ];
}

/** One time, or between which it will be. */
function timeText(
  { predictedMs, rangeMs }: Pick<FlashPlan, 'predictedMs' | 'rangeMs'>,
  locale: ViewOptions['locale'],
): string {
  if (rangeMs === undefined) return formatDuration(predictedMs, locale);
  return words('duration_between', rangeMs, locale);
}

function lineText(plan: FlashPlan, locale: ViewOptions['locale']): string {
  const { roundTripMs, bytesPerSecond = null, lostShare = null } = plan;
  const parts = [
    ...(roundTripMs === null ? [] : [words('cli_plan_line_trip', { roundTripMs }, locale)]),
    ...(bytesPerSecond === null ? [] : [`${formatBytes(bytesPerSecond, locale)}/s`]),
    ...(lostShare === null
      ? []
      : [words('cli_plan_line_lost', { percent: Math.round(lostShare * 100) }, locale)]),
  ];
  return parts.length === 0 ? '–' : parts.join(' · ');
}

function stepTable(plan: FlashPlan, { locale, columns, style }: ViewOptions): string {
  const rows = plan.steps.map((step) => [
    plain(`flash_phase_${snakeOfKebab(step.phase)}`, locale),
    `${Math.round((step.predictedMs / (plan.predictedMs || 1)) * 100)} %`,
    timeText(step, locale),
  ]);
  const head = [
    words('cli_plan_step', {}, locale),
    words('cli_plan_share', {}, locale),
    words('cli_plan_step_time', {}, locale),
  ];
  return table(rows, { columns, head, dim: style.dim });
}
