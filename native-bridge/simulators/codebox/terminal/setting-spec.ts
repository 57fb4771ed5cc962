/** What a setting may be, and what it is where nobody wrote it. */
export interface SettingSpec {
  readonly fallback: string;
  /** What it is in a terminal that was never set up, where that is not the default. */
  readonly blank?: string;
  readonly onCommit?: boolean;
  readonly readOnly?: boolean;
  /** Reading is refused. */
  readonly secret?: boolean;
  readonly accepts: RegExp;
}

export const TEXT = /^[^\p{Cc}]{1,64}$/u;

/** On or off; takes effect at a commit. */
export function flag(fallback: '0' | '1'): SettingSpec {
  return { fallback, accepts: /^[01]$/, onCommit: true };
}

export function percent(fallback: string): SettingSpec {
  return { fallback, accepts: /^(\d|[1-9]\d|100)$/ };
}

/** What the factory burns in. */
export function factory(identity: {
  readonly serialNumber: string;
  readonly model: string;
}): Record<string, SettingSpec> {
  return {
    'sys/sn': { fallback: identity.serialNumber, accepts: TEXT, readOnly: true },
    'sys/model': { fallback: identity.model, accepts: TEXT, readOnly: true },
  };
}
