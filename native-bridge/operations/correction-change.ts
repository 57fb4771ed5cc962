/** One change of a correction as it is kept: its texts, and its bytes where the texts do not say them. */
import type { SecretName } from './setting-places/index.ts';
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
  /** Of a secret: its names, which are none. */
  readonly names?: CorrectionChange['names'];
  /** Of the write. */
  readonly failure?: CorrectionChange['failure'];
}

export function changeOf(change: ChangedValues): CorrectionChange {
  const { key, secret, before, after, readBack, verified, names } = change;
  const why = change.failure && { failure: change.failure };
  if (secret) {
    const nothing = { before: null, after: null, readBack: null };
    return { key, ...nothing, secret, verified, ...(names && { names }), ...why };
  }
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
    ...why,
  };
}

interface SecretChange {
  readonly secretName: SecretName | null;
  readonly forget: string | undefined;
  readonly verified: boolean;
}

/** undefined: it has no name. */
export function namesOf({
  secretName,
  forget,
  verified,
}: SecretChange): CorrectionChange['names'] | undefined {
  if (forget !== undefined) {
    return { before: forget, after: null, readBack: verified ? null : forget };
  }
  if (secretName === null) return undefined;
  const { name, wasThere } = secretName;
  const before = wasThere ? name : null;
  return { before, after: name, readBack: verified ? name : before };
}
