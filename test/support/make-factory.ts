/** Small factory packages: images, what they ask of the boot loader, and a vbmeta that vouches for them. */
import { randomBytes } from 'node:crypto';
import { makeVbmeta } from './make-vbmeta.ts';
import { makeZip, type ZipPart } from './make-zip.ts';
import type { Signer } from './signer.ts';

export interface FactoryPlan {
  /** android-info.txt */
  readonly info: string;
  readonly fingerprint: string;
  /** null: vbmeta is not signed; undefined: there is none. */
  readonly signer?: Signer | null | undefined;
  /** fastboot-info.txt; absent: the client's own order. */
  readonly tasks?: string | undefined;
  /** What vbmeta vouches for as boot.img. */
  readonly boot?: Uint8Array;
  /** What vbmeta vouches for as system.img. */
  readonly system?: Uint8Array;
  /** Partition → its image besides, which vbmeta vouches for too. */
  readonly described?: Readonly<Record<string, Uint8Array>>;
  /** In place of, or beside, those that are made. */
  readonly images?: Readonly<Record<string, Uint8Array>>;
  readonly systemBytes?: number;
  readonly leaveOut?: readonly string[];
  /** Packed; false: stored as they are. */
  readonly deflate?: boolean;
}

export function makeFactory(plan: FactoryPlan): Buffer {
  const { info, fingerprint, signer, tasks, leaveOut = [], deflate = true } = plan;
  const { described = {} } = plan;
  const boot = plan.boot ?? randomBytes(40_960);
  const dtbo = randomBytes(8_192);
  const system = plan.system ?? systemImage(fingerprint, plan.systemBytes ?? 300_000);
  const vbmeta =
    signer === undefined
      ? {}
      : {
          'vbmeta.img': makeVbmeta({
            properties: {
              'com.android.build.system.fingerprint': fingerprint,
              'com.android.build.system.security_patch': '2026-09-05',
            },
            hashes: { boot, dtbo, ...described },
            hashtrees: { system: { image: system } },
            signer,
          }),
        };
  const images: Readonly<Record<string, Uint8Array>> = {
    'boot.img': boot,
    'dtbo.img': dtbo,
    ...vbmeta,
    'system.img': system,
    ...Object.fromEntries(Object.entries(described).map(([name, image]) => [`${name}.img`, image])),
    ...plan.images,
  };
  const parts = Object.entries(images).filter(([name]) => !leaveOut.includes(name));
  return makeZip([
    { name: 'android-info.txt', content: info },
    ...(tasks === undefined ? [] : [{ name: 'fastboot-info.txt', content: tasks }]),
    ...parts.map(([name, content]): ZipPart => ({ name, content, deflate })),
  ]);
}

/** Noise, and a build.prop somewhere in it, as an ext4 image has it. */
export function systemImage(fingerprint: string, bytes: number): Buffer {
  const text = `\n# begin build properties\nro.build.fingerprint=${fingerprint}\nro.build.version.sdk=33\n`;
  const before = Math.min(bytes, 8192);
  const whole = Buffer.concat([randomBytes(before), Buffer.from(text), randomBytes(bytes)]);
  return whole.subarray(0, Math.ceil(bytes / 4096) * 4096);
}
