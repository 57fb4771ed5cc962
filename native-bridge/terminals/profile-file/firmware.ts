/** `firmware`: the family of images, whose signatures count, and how the boot loader behaves. */
import { createPublicKey, X509Certificate } from 'node:crypto';
import { bootloaderModes } from '../../protocols/smp/os/bootloader-modes.ts';
import { sentence } from '../../wording/index.ts';
import { afterFlashSteps, type FirmwareFamily } from '../profile-firmware.ts';
import { list, maybe, object, optional } from '../shapes/collections.ts';
import { boolean, choice, decimal, integer, scalar, text } from '../shapes/scalars.ts';
import { converted, described, type Shape } from '../shapes/shape.ts';
import { usbDevice, version } from './basics.ts';
import { join, quoted } from '../yaml/tree.ts';

const publicKey: Shape<string> = scalar(
  { type: 'string', pattern: '^-----BEGIN PUBLIC KEY-----' },
  () => sentence('expects_public_key', {}),
  (pem) => (isPublicKey(pem) ? pem : undefined),
);

function isPublicKey(pem: string): boolean {
  if (pem.length > 4096 || !pem.startsWith('-----BEGIN PUBLIC KEY-----\n')) return false;
  try {
    createPublicKey({ key: pem, format: 'pem' });
    return true;
  } catch {
    return false;
  }
}

const certificate: Shape<string> = scalar(
  { type: 'string', pattern: '^-----BEGIN CERTIFICATE-----' },
  () => sentence('expects_certificate', {}),
  (pem) => (isCertificate(pem) ? pem : undefined),
);

function isCertificate(pem: string): boolean {
  if (pem.length > 8192 || !pem.startsWith('-----BEGIN CERTIFICATE-----\n')) return false;
  try {
    new X509Certificate(pem);
    return true;
  } catch {
    return false;
  }
}

interface NamedKey {
  readonly name: string;
  readonly pem: string;
}

/** What vouches for an image is told by its name, so a name stands for one key. */
function namedKeys(pem: Shape<string>): Shape<readonly NamedKey[]> {
  const keys = list(object({ name: text({ maxBytes: 64 }), pem }), 16);
  return converted(keys, (all, tree, path, problems) => {
    const again = all.findIndex(({ name }, at) => all.findIndex((k) => k.name === name) < at);
    if (again < 0) return all;
    const { at } = (tree.kind === 'list' ? tree.items[again] : null) ?? tree;
    const where = join(join(path, String(again)), 'name');
    problems.add(at, where, sentence('expects_name_once', {}), quoted(all[again]?.name ?? ''));
    return undefined;
  });
}

const msPerKib = decimal(0, 1_000);

/** A flash's own `timings` (`--json`) give them. */
const modelTimes = object({
  eraseMsPerKib: maybe(described('Erase of a slot that holds an image, per KiB', msPerKib)),
  writeMsPerKib: maybe(described('Write to the flash memory, per KiB', msPerKib)),
  swapMsPerKib: maybe(described('Swap by the boot loader, per KiB of the image', msPerKib)),
  startMs: maybe(
    described('From the reset until it answers, beside the swap', integer(0, 600_000)),
  ),
});

const fastbootFields = object({
  products: optional(
    described(
      'What its boot loader says as product; empty: only what the package asks is checked',
      list(text({ maxBytes: 64 }), 16),
    ),
    [],
  ),
  keys: optional(
    described('Public keys that vbmeta of its builds is signed with', namedKeys(publicKey)),
    [],
  ),
  slot: optional(
    described(
      'A/B: write over what runs, as fastboot flashall does, or to the other slot',
      choice(['current', 'other']),
    ),
    'current',
  ),
  bootLoaderTimeoutMs: optional(
    described('Longest until its boot loader answers', integer(1_000, 1_800_000)),
    90_000,
  ),
  writeTimeoutMs: optional(
    described('Longest that writing one download may take', integer(1_000, 3_600_000)),
    600_000,
  ),
});

const firmwareFields = object({
  family: choice(['mcuboot', 'android-ota']),
  keys: optional(described('mcuboot: public keys whose images count', namedKeys(publicKey)), []),
  certificates: optional(
    described(
      'android-ota: the certificates that the recovery takes packages of',
      namedKeys(certificate),
    ),
    [],
  ),
  signatureRequired: optional(boolean, true),
  slotSizeBytes: maybe(integer(1024, 64 * 1024 * 1024)),
  admittedVersion: maybe(
    described('The version the acquirer admits for this model, not always the newest', version),
  ),
  bootloaderMode: maybe(choice(bootloaderModes)),
  swapTimeoutMs: maybe(
    described(
      'Longest silence while the boot loader swaps, or the new system starts',
      integer(1_000, 1_800_000),
    ),
  ),
  recoveryTimeoutMs: optional(
    described('android-ota: longest until the recovery answers', integer(1_000, 1_800_000)),
    180_000,
  ),
  installTimeoutMs: optional(
    described(
      'android-ota: longest that the recovery asks for nothing while it installs',
      integer(1_000, 3_600_000),
    ),
    900_000,
  ),
  eraseTimeoutMs: optional(
    described('Longest wait for the first upload reply', integer(1_000, 600_000)),
    60_000,
  ),
  times: maybe(
    described('How long this model takes for what no line tells before a flash', modelTimes),
  ),
  bootLoaderUsb: optional(
    described(
      'What the boot loader shows on the USB bus, where that is another device',
      list(usbDevice, 8),
    ),
    [],
  ),
  afterFlash: optional(
    described(
      'What the model needs after an update before it trades again, in order',
      list(choice(afterFlashSteps), 8),
    ),
    [],
  ),
  models: optional(
    described(
      'What identity.model reads on terminals that this firmware is for; empty: not checked',
      list(text({ maxBytes: 64 }), 16),
    ),
    [],
  ),
  keepsKeys: maybe(described('Do keys and activation survive an update?', boolean)),
  fastboot: maybe(
    described('android-ota: how factory packages go onto it through fastboot', fastbootFields),
  ),
});

/** A first start after an update compiles every app anew. */
const silenceMs = { mcuboot: 180_000, 'android-ota': 900_000 } as const;

export const firmwareShape: Shape<FirmwareFamily> = converted(
  firmwareFields,
  ({ swapTimeoutMs, ...family }, tree, path, problems) => {
    const isMcuboot = family.family === 'mcuboot';
    if (isMcuboot && family.signatureRequired && family.keys.length === 0) {
      // Every image would be refused.
      problems.add(tree.at, join(path, 'keys'), sentence('expects_keys', {}), '0');
    }
    const foreign = isMcuboot ? 'certificates' : 'keys';
    if (family[foreign].length > 0) {
      const expected = sentence('expects_no_such_keys', { family: family.family });
      problems.add(tree.at, join(path, foreign), expected, String(family[foreign].length));
    }
    return { ...family, swapTimeoutMs: swapTimeoutMs ?? silenceMs[family.family] };
  },
);
