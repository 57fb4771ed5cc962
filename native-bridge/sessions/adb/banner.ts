/** What a daemon says of itself in its CNXN: "device::ro.product.name=…;features=…". */
import type { AdbDaemonTransport } from '@yume-chan/adb';

export interface AdbBanner {
  readonly mode: 'device' | 'recovery' | 'sideload' | 'rescue' | 'other';
  /** The daemon's own words: hostile until escaped. */
  readonly product: string | null;
  readonly model: string | null;
  readonly device: string | null;
  readonly features: ReadonlySet<string>;
  /** What it takes in one packet, and we never more than 1 MiB. */
  readonly maxPayloadBytes: number;
}

const MODES = ['device', 'recovery', 'sideload', 'rescue'] as const;
const MAX_NAME_CHARACTERS = 200;

export function bannerOf({ banner, maxPayloadSize }: AdbDaemonTransport): AdbBanner {
  return {
    mode: MODES.find((mode) => mode === banner.state) ?? 'other',
    product: nameOf(banner.product),
    model: nameOf(banner.model),
    device: nameOf(banner.device),
    features: new Set(banner.features),
    maxPayloadBytes: maxPayloadSize,
  };
}

function nameOf(text: string | undefined): string | null {
  return text?.slice(0, MAX_NAME_CHARACTERS) || null;
}
