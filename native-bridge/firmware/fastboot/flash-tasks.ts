/**
 * What is flashed from a factory package, in which order. Newer packages say it themselves, in
 * fastboot-info.txt (AOSP, system/core/fastboot/README.md, "Flashing Logic"); older ones leave it to
 * the client, whose table this follows (fastboot.cpp, `images`): what starts the terminal first,
 * then, in fastbootd, what lies in the super partition.
 */
import { packageMalformed } from '../firmware-error.ts';

export type FlashTask =
  | {
      readonly kind: 'flash';
      readonly partition: string;
      /** The entry of the package. */
      readonly image: string;
      readonly slot: 'this' | 'other';
      /** Only where everything on the terminal is to be erased. */
      readonly ifWiping: boolean;
    }
  | { readonly kind: 'erase'; readonly partition: string; readonly ifWiping: boolean }
  | { readonly kind: 'update-super'; readonly image: string }
  | { readonly kind: 'restart'; readonly into: 'bootloader' | 'fastboot' };

const superImage = 'super_empty.img';

const first = [
  'boot',
  'init_boot',
  'vendor_boot',
  'vendor_kernel_boot',
  'dtbo',
  'pvmfw',
  'recovery',
  'vbmeta',
  'vbmeta_system',
  'vbmeta_vendor',
];
const inSuper = [
  'odm',
  'odm_dlkm',
  'product',
  'system',
  'system_ext',
  'system_dlkm',
  'vendor',
  'vendor_dlkm',
];
/** Of terminals with slots: what the first start of the slot that is written takes from the other one. */
const besides = ['boot', 'system', 'vendor'];
const whole = ['cache', 'super', 'userdata'];
const erased: ReadonlySet<string> = new Set(['cache', 'userdata']);
const maxTasks = 500;
const partitionName = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,47}$/;

/** Where a terminal has logical partitions, this is one of them. */
export const liesInSuper = (partition: string): boolean => inSuper.includes(partition);

/** By the client's own table, from the images that are there. */
export function defaultTasks(entries: { has(name: string): boolean }): FlashTask[] {
  const there = (names: readonly string[]): FlashTask[] =>
    names
      .filter((name) => entries.has(`${name}.img`))
      .map((name) => flashTask(name, `${name}.img`, 'this', erased.has(name)));
  const logical = there(inSuper);
  const deviceTree = entries.has('dt.img') ? [flashTask('dts', 'dt.img', 'this', false)] : [];
  const others = besides
    .filter((name) => entries.has(`${name}_other.img`))
    .map((name) => flashTask(name, `${name}_other.img`, 'other', false));
  const isDynamic = entries.has(superImage) && logical.length > 0;
  const before: FlashTask[] = isDynamic ? [{ kind: 'update-super', image: superImage }] : [];
  return throughUserspace([
    ...there(first),
    ...deviceTree,
    ...before,
    ...logical,
    ...others,
    ...there(whole),
  ]);
}

/** Only fastbootd makes the table anew: the client goes there of itself (AOSP, task.cpp, UpdateSuperTask). */
function throughUserspace(tasks: readonly FlashTask[]): FlashTask[] {
  let isUserspace = false;
  return tasks.flatMap((task): FlashTask[] => {
    if (task.kind === 'restart') isUserspace = task.into === 'fastboot';
    if (task.kind !== 'update-super' || isUserspace) return [task];
    isUserspace = true;
    return [{ kind: 'restart', into: 'fastboot' }, task];
  });
}

function flashTask(
  partition: string,
  image: string,
  slot: 'this' | 'other',
  ifWiping: boolean,
): FlashTask {
  return { kind: 'flash', partition, image, slot, ifWiping };
}

/**
 * A table of partitions that the package does not bring stays as it is, as the client leaves it.
 * Throws FirmwareError `package-malformed` for a task that is not known: leaving it out is no choice.
 */
export function parseFastbootInfo(
  text: string,
  entries: { has(name: string): boolean },
): FlashTask[] {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const [version, ...tasks] = lines;
  if (!/^version\s+1$/.test(version ?? '') || tasks.length > maxTasks) {
    throw packageMalformed('tasks');
  }
  const all = tasks.map((line) => parseTask(line.split(/\s+/)));
  // Left out before the way to fastbootd is laid: without its image nothing has to go there.
  return throughUserspace(
    all.filter(({ kind }) => kind !== 'update-super' || entries.has(superImage)),
  );
}

function parseTask(words: readonly string[]): FlashTask {
  const ifWiping = words[0] === 'if-wipe';
  const [verb, ...rest] = ifWiping ? words.slice(1) : words;
  const options = rest.filter((word) => word.startsWith('--'));
  const [name = '', image, ...more] = rest.filter((word) => !word.startsWith('--'));
  const isKnown = options.every((o) => o === '--apply-vbmeta' || o === '--slot-other');
  if (!isKnown || more.length > 0) throw packageMalformed('tasks');
  if (verb === 'flash' && partitionName.test(name)) {
    const slot = options.includes('--slot-other') ? 'other' : 'this';
    return flashTask(name, image ?? `${name}.img`, slot, ifWiping);
  }
  if (verb === 'erase' && partitionName.test(name))
    return { kind: 'erase', partition: name, ifWiping };
  if (verb === 'update-super') return { kind: 'update-super', image: superImage };
  const isRestart = verb === 'reboot' && (name === 'fastboot' || name === 'bootloader');
  if (!isRestart) throw packageMalformed('tasks');
  return { kind: 'restart', into: name };
}
