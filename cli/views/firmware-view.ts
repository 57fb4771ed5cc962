/** What an image is. */
import type { ImageInspection } from '../../native-bridge/contract/image.ts';
import { plain, snakeOfKebab } from '../../native-bridge/wording/catalogue.ts';
import {
  faultWords,
  formatBytes,
  packageImages,
  packageRows,
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
    ...packageRows(image, locale).map(({ label, value }): Pair => [label, value]),
    ...(image.format === 'mcuboot'
      ? [[words('cli_image_hash', {}, locale), image.imageHash ?? '–'] satisfies Pair]
      : []),
    ...packageImages(image, locale).map(({ label, value }): Pair => [label, value]),
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

export function signatureText(
  { algorithm, state, keyName }: ImageInspection['signature'],
  locale: ViewOptions['locale'],
): string {
  const said = plain(`cli_signature_${snakeOfKebab(state)}`, locale);
  return [algorithm, said, keyName].filter((part) => part !== null).join(' · ');
}
