/**
 * What makes one model of the simulated machine differ from another, as data: name and board, which
 * parts it has, which settings of its own or with another default. All else is the same machine.
 */
import type { SettingSpec } from '../terminal/setting-spec.ts';

export const modelNames = ['codebox', 'counter'] as const;
export type ModelName = (typeof modelNames)[number];

export type Part = 'scanner' | 'printer' | 'ethernet' | 'apps';

export interface Identity {
  readonly serialNumber: string;
  readonly model: string;
  readonly hardware: string;
}

export interface Model extends Identity {
  readonly name: ModelName;
  /** As the board revision is printed after the hardware's name. */
  readonly revision: string;
  readonly parts: ReadonlySet<Part>;
  /** Over the settings that every model has. */
  readonly settings: Readonly<Record<string, SettingSpec>>;
  /** What it takes itself for after an update that went to the wrong terminal. */
  readonly other: Identity;
  /** The payment host answers only what comes through the tunnel. */
  readonly paysThroughVpn: boolean;
}
