/** What a factory package says of itself, row by row, in one language. It is a file's text: cleaned. */
import type { Locale } from '../contract/common.ts';
import type { FactoryFacts, ImageInspection } from '../contract/image.ts';
import { cleanText } from './clean-text.ts';
import { formatBytes } from './format.ts';
import { otaRows, type OtaRow } from './ota.ts';
import { words } from './say.ts';

const longest = 300;
/** A real package has some thirty. */
const mostImages = 60;

/** Of a package for Android, whichever kind; empty for firmware that is none. */
export function packageRows(image: ImageInspection, locale: Locale): OtaRow[] {
  return image.factory ? factoryRows(image, image.factory, locale) : otaRows(image, locale);
}

/** Of each image: how large it is, and its SHA-256. */
export function packageImages({ factory, signature }: ImageInspection, locale: Locale): OtaRow[] {
  const isSigned = signature.state === 'valid';
  return (factory?.images ?? [])
    .slice(0, mostImages)
    .map(({ entry, sizeBytes, sha256, vouched }) => {
      const isAnyones = isSigned && vouched === false;
      const mark = isAnyones ? [words('factory_unvouched', {}, locale)] : [];
      return {
        label: cleanText(entry, longest),
        value: [formatBytes(sizeBytes, locale), ...mark, sha256].join(' · '),
      };
    });
}

function factoryRows(
  { imageHash }: ImageInspection,
  factory: FactoryFacts,
  locale: Locale,
): OtaRow[] {
  const rows: [string, string | null][] = [
    [words('ota_for', {}, locale), factory.products.join(', ')],
    [words('factory_asks', {}, locale), factory.requirements.join(', ')],
    [words('ota_kind', {}, locale), words('factory_kind', {}, locale)],
    [words('ota_build', {}, locale), imageHash],
    [words('ota_patch', {}, locale), factory.securityPatch],
    [words('factory_writes', {}, locale), written(factory, locale)],
    [words('ota_effects', {}, locale), effects(factory, locale)],
  ];
  return rows.flatMap(([label, value]) =>
    value === null || value === '' ? [] : [{ label, value: cleanText(value, longest) }],
  );
}

function written({ writes }: FactoryFacts, locale: Locale): string {
  const named = writes
    .filter(({ ifWiping, image }) => !ifWiping && image !== null)
    .map(({ partition, slot }) =>
      slot === 'this' ? partition : words('factory_other_slot', { partition }, locale),
    );
  return [...new Set(named)].join(', ');
}

function effects({ writes, remakesSuper, unchecked }: FactoryFacts, locale: Locale): string {
  return [
    ...(unchecked === 'all' ? [words('factory_effect_unchecked', {}, locale)] : []),
    ...(unchecked === 'trees' ? [words('factory_effect_trees_unchecked', {}, locale)] : []),
    ...(remakesSuper ? [words('factory_effect_super', {}, locale)] : []),
    ...(writes.some(({ ifWiping }) => ifWiping) ? [words('factory_effect_wipes', {}, locale)] : []),
  ].join(' · ');
}
