/** Firmware: what an image is, what its flash will do, how it ended. */
import type {
  FlashPlan,
  FlashResult,
  FlashVerdict,
  ImageInspection,
} from '../../native-bridge/contract/firmware.ts';
import { plain, snakeOfKebab } from '../../native-bridge/wording/catalogue.ts';
import {
  faultWords,
  formatBytes,
  formatDuration,
  say,
  words,
} from '../../native-bridge/wording/index.ts';
import type { ViewOptions } from './diagnosis-view.ts';
import { pairs, type Pair } from './pairs.ts';

export function inspectionView(image: ImageInspection, options: ViewOptions): string {
  const { locale, style, columns } = options;
  return [
    verdictLine(image, options),
    ...image.faults.map((fault) => `  ${faultWords(fault, locale).next}`),
    '',
    pairs(imagePairs(image, options), columns, style),
  ].join('\n');
}

function verdictLine(image: ImageInspection, { locale, style }: ViewOptions): string {
  const [fault] = image.faults;
  switch (image.verdict) {
    case 'good':
      return `${style.green('✓')} ${style.bold(words('cli_image_good', {}, locale))}`;
    case 'refused': {
      const why = fault === undefined ? '' : faultWords(fault, locale).what;
      return `${style.red('✕')} ${style.bold(words('cli_image_refused', { why }, locale))}`;
    }
    case 'cannot-verify':
      return `? ${style.bold(words('cli_image_cannot_verify', {}, locale))}`;
  }
}

function imagePairs(image: ImageInspection, { locale }: ViewOptions): Pair[] {
  const { signature } = image;
  const list: Pair[] = [
    [words('cli_image_version', {}, locale), image.version ?? '–'],
    [words('cli_image_size', {}, locale), formatBytes(image.sizeBytes, locale)],
    [words('cli_image_signature', {}, locale), signatureText(signature, locale)],
    [words('cli_image_hash', {}, locale), image.imageHash ?? '–'],
    [words('cli_image_file_hash', {}, locale), image.fileSha256],
  ];
  if (signature.keyHash !== null) {
    list.push([words('cli_image_key_hash', {}, locale), signature.keyHash]);
  }
  if (image.securityCounter !== null) {
    list.push([words('cli_image_counter', {}, locale), String(image.securityCounter)]);
  }
  for (const { image: index, minVersion } of image.dependencies) {
    const needs = words('cli_image_needs', { image: index, version: minVersion }, locale);
    list.push([words('cli_image_dependency', {}, locale), needs]);
  }
  if (image.flags.length > 0) {
    list.push([words('cli_image_flags', {}, locale), image.flags.join(', ')]);
  }
  const tlvs = image.tlvs.map(
    (tlv) => `${tlv.name} (${tlv.type}, ${tlv.lengthBytes} B${tlv.protected ? ', protected' : ''})`,
  );
  if (tlvs.length > 0) list.push(['TLV', tlvs.join(', ')]);
  return list;
}

function signatureText(
  { algorithm, state, keyName }: ImageInspection['signature'],
  locale: ViewOptions['locale'],
): string {
  const said = plain(`cli_signature_${snakeOfKebab(state)}`, locale);
  return [algorithm, said, keyName].filter((part) => part !== null).join(' · ');
}

export function planView(plan: FlashPlan, options: ViewOptions): string {
  const { locale, style, columns } = options;
  const phases = plan.steps
    .map((step) => {
      const name = plain(`flash_phase_${snakeOfKebab(step.phase)}`, locale);
      return `${name} ${formatDuration(step.predictedMs, locale)}`;
    })
    .join(' → ');
  const from = plan.fromVersion ?? '–';
  const list: Pair[] = [
    [words('cli_plan_version', {}, locale), `${from} → ${plan.toVersion}`],
    [words('cli_image_signature', {}, locale), signatureText(plan.image.signature, locale)],
    [words('cli_plan_steps', {}, locale), phases],
    [words('cli_plan_time', {}, locale), formatDuration(plan.predictedMs, locale)],
    [
      words('cli_plan_way_back', {}, locale),
      words(plan.canRevert ? 'cli_plan_can_revert' : 'cli_plan_no_way_back', {}, locale),
    ],
  ];
  const allowHint = (code: string) => style.dim(` (--allow ${code})`);
  return [
    style.bold(words('cli_plan_title', {}, locale)),
    pairs(list, columns, style),
    ...plan.blockers.map(
      (blocker) =>
        `  ${style.red('✕')} ${say(blocker.text, locale)}${blocker.allowable ? allowHint(blocker.code) : ''}`,
    ),
    ...plan.warnings.map(({ text }) => `  ${style.yellow('▲')} ${say(text, locale)}`),
  ].join('\n');
}

/** One large word, the proof beneath, the next step. */
export function flashResultView(result: FlashResult, options: ViewOptions): string {
  const { locale, style } = options;
  const well = result.verdict === 'done' || result.verdict === 'done-late';
  const sign = well ? style.green('✓') : style.red('✕');
  return [
    `${sign} ${style.bold(verdictText(result.verdict, locale))}`,
    `  ${say(result.state, locale)}`,
    ...(result.fault === null ? [] : [`  ${faultWords(result.fault, locale).what}`]),
    ...(result.allowed.length === 0
      ? []
      : [`  ${words('cli_flash_allowed', { names: [...result.allowed] }, locale)}`]),
    `  ${words('cli_flash_took', { durationMs: result.durationMs }, locale)}`,
    `→ ${say(result.next, locale)}`,
  ].join('\n');
}

const verdictText = (verdict: FlashVerdict, locale: ViewOptions['locale']): string =>
  plain(`flash_verdict_${snakeOfKebab(verdict)}`, locale);
