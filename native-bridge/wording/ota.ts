/** What an update package says of itself, row by row, in one language. It is a file's text: cleaned. */
import type { Locale } from '../contract/common.ts';
import type { ImageInspection, OtaFacts } from '../contract/image.ts';
import { cleanText } from './clean-text.ts';
import { words } from './say.ts';

export interface OtaRow {
  readonly label: string;
  readonly value: string;
}

const longest = 300;

/** Empty for firmware that is none. */
export function otaRows({ ota, imageHash }: ImageInspection, locale: Locale): OtaRow[] {
  if (!ota) return [];
  const rows: [string, string | null][] = [
    [words('ota_for', {}, locale), models(ota, locale)],
    [words('ota_kind', {}, locale), kind(ota, locale)],
    [words('ota_build', {}, locale), imageHash],
    [words('ota_built', {}, locale), ota.builtUtc?.slice(0, 10) ?? null],
    [words('ota_patch', {}, locale), ota.securityPatch],
    [words('ota_effects', {}, locale), effects(ota, locale)],
  ];
  return rows.flatMap(([label, value]) =>
    value === null || value === '' ? [] : [{ label, value: cleanText(value, longest) }],
  );
}

function models({ devices, serialNumbers: count }: OtaFacts, locale: Locale): string {
  const named = devices.length === 0 ? words('ota_for_unsaid', {}, locale) : devices.join(', ');
  return count === 0 ? named : words('ota_for_serials', { devices: named, count }, locale);
}

function kind({ from, content }: OtaFacts, locale: Locale): string {
  const full =
    from === null
      ? words('ota_kind_full', {}, locale)
      : words('ota_kind_incremental', { from }, locale);
  if (content === null) return full;
  const way = words(content === 'payload' ? 'ota_way_slots' : 'ota_way_writes', {}, locale);
  return `${full} · ${way}`;
}

function effects({ wipes, downgrade }: OtaFacts, locale: Locale): string {
  return [
    ...(wipes ? [words('ota_effect_wipes', {}, locale)] : []),
    ...(downgrade ? [words('ota_effect_downgrade', {}, locale)] : []),
  ].join(' · ');
}
