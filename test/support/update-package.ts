/** Update packages for the simulated Android terminals, as their vendors would make them. */
import { randomBytes } from 'node:crypto';
import { fullMetadata, makeAbOta, makeBlockOta, makePayload, signWhole } from './make-ota.ts';
import type { Signer } from './signer.ts';

/** What the packages install; later than what the terminals have. */
export const builds = {
  'at-900': 'PBNorth/at900/at900:13/TKQ1.230504.002/9.3.0.7:user/release-keys',
  'at-700': 'PBEast/at700/at700:7.1.2/NHG47K/7.2.0.1:user/release-keys',
} as const;

export interface UpdatePlan {
  readonly model?: keyof typeof builds;
  readonly metadata?: Readonly<Record<string, string>>;
  /** null: nobody signed it. */
  readonly signer: Signer | null;
  readonly bytes?: number;
}

/** Some blocks of 64 KiB long, unless said otherwise. */
export function updatePackage({
  model = 'at-900',
  metadata: more = {},
  signer,
  bytes = 600_000,
}: UpdatePlan): Buffer {
  const metadata = {
    ...fullMetadata,
    'ota-type': model === 'at-900' ? 'AB' : 'BLOCK',
    'pre-device': model.replace('-', ''),
    'post-build': builds[model],
    'post-build-incremental': model === 'at-900' ? '9.3.0.7' : '7.2.0.1',
    'post-timestamp': '1790000000',
    'post-security-patch-level': '2026-09-05',
    ...more,
  };
  const zip =
    model === 'at-900'
      ? makeAbOta({ metadata, payload: makePayload(bytes) })
      : makeBlockOta('show_progress(1, 0);', metadata, randomBytes(bytes));
  return signer === null ? zip : signWhole(zip, signer);
}
