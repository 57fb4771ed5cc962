/** One change of a correction as it is kept: its texts, and its bytes where the texts do not say them. */
import {
  hexOf,
  isPlainText,
  shownText,
  type CorrectionChange,
  type Value,
} from './setting-value.ts';

export interface ChangedValues {
  /** The profile's name of the setting. */
  readonly key: string;
  readonly secret: boolean;
  readonly before: Value;
  readonly after: Value;
  readonly readBack: Value;
  readonly verified: boolean;
}

export function changeOf(change: ChangedValues): CorrectionChange {
  const { key, secret, before, after, readBack, verified } = change;
  if (secret) return { key, before: null, after: null, readBack: null, secret, verified };
  const isExact = [before, after, readBack].every(isPlainText);
  const bytes = { before: hexOf(before), after: hexOf(after), readBack: hexOf(readBack) };
  return {
    key,
    before: shownText(before),
    after: shownText(after),
    readBack: shownText(readBack),
    secret,
    verified,
    ...(isExact ? {} : { bytes }),
  };
}
