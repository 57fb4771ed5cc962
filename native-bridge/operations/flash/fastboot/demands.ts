/**
 * What the boot loader itself says against a package: asked for the plan where it answers then, and in
 * any case again right before the first partition is written.
 */
import {
  unmetRequirements,
  variablesAskedBy,
  type Unmet,
} from '../../../firmware/fastboot/android-info.ts';
import { liesInSuper } from '../../../firmware/fastboot/flash-tasks.ts';
import type { FactoryInspection } from '../../../firmware/fastboot/inspect-factory.ts';
import type { FastbootVariables } from '../../../protocols/fastboot/variables.ts';
import { blocker, type Blocker } from '../blocker.ts';
import { otherThan, type Slots } from './slot.ts';
import type { Write } from './writes.ts';

export interface Package {
  readonly factory: Pick<FactoryInspection, 'requirements' | 'outerTasks'>;
  readonly writes: readonly Write[];
  /** What each image fills on its partition, in bytes; without one its size is not held against it. */
  readonly imageBytes: ReadonlyMap<string, number>;
}

export function bootLoaderBlockers(
  { factory, writes, imageBytes }: Package,
  told: FastbootVariables,
  slots: Slots,
): Blocker[] {
  return [
    ...(told.unlocked === false ? [blocker('bootloader-locked', {}, false)] : []),
    ...(told.batteryEnough === false ? [blocker('factory-battery', {}, false)] : []),
    ...requirementBlockers(factory, told),
    ...partitionBlockers(writes, imageBytes, told, slots),
  ];
}

/** Boot loader and radio that the package brings are asked for once they are written. */
function requirementBlockers(
  { requirements, outerTasks }: Package['factory'],
  told: FastbootVariables,
): Blocker[] {
  const brought = new Set(
    outerTasks.flatMap((task) => (task.kind === 'flash' ? [versionOf[task.partition]] : [])),
  );
  const asked = requirements.filter(({ name }) => !brought.has(name));
  return unmetRequirements(asked, told).map(unmetBlocker);
}

/** By their names, what this package has to know of the boot loader before its first partition. */
export function askedByName({ requirements }: Package['factory']): string[] {
  return [...variablesAskedBy(requirements), snapshotStatus];
}

/** An update in the background that is not merged yet. */
export const snapshotStatus = 'snapshot-update-status';

const versionOf: Readonly<Record<string, string>> = {
  bootloader: 'version-bootloader',
  radio: 'version-baseband',
};

export function unmetBlocker({ name, expected, found, reject }: Unmet): Blocker {
  const facts = { found: found ?? '–', expected: expected.join(', ') };
  if (name === 'product' && !reject) return blocker('wrong-model', facts, false);
  if (name === 'partition-exists') {
    return blocker('factory-partition-missing', { partition: facts.expected }, false);
  }
  if (reject) {
    const rejects = blocker('factory-rejects', { name, ...facts }, false);
    const text = { key: 'blocker_factory_rejects_untold', facts: { name, ...facts } };
    return found === null ? { ...rejects, text } : rejects;
  }
  const codes: Readonly<Record<string, string>> = {
    'version-bootloader': 'factory-bootloader-version',
    'version-baseband': 'factory-baseband-version',
  };
  const code = codes[name];
  return code === undefined
    ? blocker('factory-requirement', { name, ...facts }, false)
    : blocker(code, facts, false);
}

/** Of those that this boot loader writes; what lies in `super` is fastbootd's to tell. */
function partitionBlockers(
  writes: readonly Write[],
  imageBytes: Package['imageBytes'],
  told: FastbootVariables,
  slots: Slots,
): Blocker[] {
  if (!listsPartitions(told)) return [];
  const { partitions, values } = told;
  return untilUserspace(writes).flatMap((write) => {
    if (write.kind !== 'flash') return [];
    const name = nameIn(write, partitions.get(write.partition)?.hasSlot === true, slots);
    const found = partitions.get(name);
    if (!found)
      return [
        missing(
          write.partition,
          name,
          partitions.has('super') || values.has('super-partition-name'),
        ),
      ];
    const [sizeBytes, maxBytes] = [imageBytes.get(write.image), found.sizeBytes];
    if (sizeBytes === undefined || maxBytes === null || sizeBytes <= maxBytes) return [];
    return [blocker('factory-image-too-large', { partition: name, sizeBytes, maxBytes }, false)];
  });
}

/** One that lists no partitions says nothing against any. */
export function listsPartitions({ partitions }: Pick<FastbootVariables, 'partitions'>): boolean {
  return [...partitions.values()].some(({ sizeBytes }) => sizeBytes !== null);
}

/**
 * What lies in `super` is no partition to the boot loader: only a package that goes to fastbootd can
 * write it. AOSP's client tries all the same, and stops in the middle.
 */
function missing(partition: string, name: string, hasSuper: boolean): Blocker {
  const isInside = hasSuper && liesInSuper(partition);
  return blocker(
    isInside ? 'factory-no-super-table' : 'factory-partition-missing',
    { partition: name },
    false,
  );
}

/** What the boot loader itself writes. */
export function untilUserspace(writes: readonly Write[]): readonly Write[] {
  const at = writes.findIndex((write) => write.kind === 'restart' && write.into === 'fastboot');
  return at < 0 ? writes : writes.slice(0, at);
}

/** The partition's name with its slot. */
export function nameIn(
  { partition, slot }: { readonly partition: string; readonly slot: 'this' | 'other' },
  hasSlot: boolean,
  { target }: Slots,
): string {
  if (!hasSlot || target === null) return partition;
  return `${partition}_${slot === 'this' ? target : otherThan(target)}`;
}
