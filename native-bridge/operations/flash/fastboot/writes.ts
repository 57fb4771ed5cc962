/**
 * What a package is written as, in order. As `fastboot flashall` does it (AOSP, fastboot.cpp), with two
 * differences that lose nothing: the slot is made the active one as late as possible, so that a flash
 * that is cut off before leaves the terminal with the system it had; and user data is erased only
 * where that was asked for by name.
 */
import type { FactoryContents } from '../../../firmware/fastboot/open-factory.ts';
import type { FlashTask } from '../../../firmware/fastboot/flash-tasks.ts';

export type Write =
  | {
      readonly kind: 'flash';
      readonly partition: string;
      readonly image: string;
      /** Of a partition that stands twice: the one that is to run, or the other. */
      readonly slot: 'this' | 'other';
    }
  /** `ifThere`: of the client's own choice, which passes over what is known not to be there. */
  | { readonly kind: 'erase'; readonly partition: string; readonly ifThere: boolean }
  | { readonly kind: 'update-super'; readonly image: string }
  | { readonly kind: 'restart'; readonly into: 'bootloader' | 'fastboot' }
  /** Logical partitions begin without room, so that the new ones fit together. */
  | { readonly kind: 'empty'; readonly partitions: readonly string[] }
  /** What android-info.txt asks, once boot loader and radio are the package's own. */
  | { readonly kind: 'check' }
  /** Makes the slot that was written the one that starts next. */
  | { readonly kind: 'activate' };

/** AOSP, `fastboot -w`, as far as they are there; metadata holds the keys of what is in userdata. */
const userData = ['userdata', 'cache', 'metadata'];

export interface WriteOptions {
  readonly wipes: boolean;
  readonly hasSlots: boolean;
}

export function writesOf(
  { outerTasks, tasks }: Pick<FactoryContents, 'outerTasks' | 'tasks'>,
  { wipes, hasSlots }: WriteOptions,
): Write[] {
  const outer = outerTasks.flatMap((task) => asWrite(task, wipes));
  const inner = tasks.filter(fitsSlots(hasSlots)).flatMap((task) => asWrite(task, wipes));
  const written = inner.flatMap((write) => ('partition' in write ? [write.partition] : []));
  const erased = wipes ? userData.filter((name) => !written.includes(name)) : [];
  const all: Write[] = [
    ...outer,
    ...(outer.length > 0 ? [{ kind: 'check' } as const] : []),
    ...inner,
    ...erased.map((partition): Write => ({ kind: 'erase', partition, ifThere: true })),
  ];
  return hasSlots ? withActivation(emptiedFirst(all)) : emptiedFirst(all);
}

/** What is for the other slot would stand in the place of the system where there is only one. */
function fitsSlots(hasSlots: boolean): (task: FlashTask) => boolean {
  return (task) => hasSlots || task.kind !== 'flash' || task.slot === 'this';
}

/** In fastbootd, behind its table of partitions. */
function emptiedFirst(all: readonly Write[]): Write[] {
  const restartAt = all.findIndex((write) => write.kind === 'restart' && write.into === 'fastboot');
  const superAt = all.findIndex(({ kind }) => kind === 'update-super');
  const at = Math.max(restartAt, superAt) + 1;
  if (restartAt < 0) return [...all];
  const partitions = all
    .slice(at)
    .flatMap((write) => (write.kind === 'flash' && write.slot === 'this' ? [write.partition] : []));
  return [...all.slice(0, at), { kind: 'empty', partitions }, ...all.slice(at)];
}

/** Nothing is written once the slot is the active one: what starts from it has all of the package. */
export function activatesLast({
  outerTasks,
  tasks,
}: Pick<FactoryContents, 'outerTasks' | 'tasks'>): boolean {
  return (
    writesOf({ outerTasks, tasks }, { wipes: true, hasSlots: true }).at(-1)?.kind === 'activate'
  );
}

/** Before fastbootd is started, which has to be the slot's own; else at the end. */
function withActivation(all: readonly Write[]): Write[] {
  const at = all.findIndex((write) => write.kind === 'restart' && write.into === 'fastboot');
  const before = at < 0 ? all.length : at;
  return [...all.slice(0, before), { kind: 'activate' }, ...all.slice(before)];
}

function asWrite(task: FlashTask, wipes: boolean): Write[] {
  switch (task.kind) {
    case 'flash': {
      const { partition, image, slot, ifWiping } = task;
      return ifWiping && !wipes ? [] : [{ kind: 'flash', partition, image, slot }];
    }
    case 'erase':
      return task.ifWiping && !wipes
        ? []
        : [{ kind: 'erase', partition: task.partition, ifThere: false }];
    case 'update-super':
      return [{ kind: 'update-super', image: task.image }];
    case 'restart':
      return [{ kind: 'restart', into: task.into }];
  }
}

/** Writes over user data although nobody asked for it. */
export function wipesUnasked({ tasks }: Pick<FactoryContents, 'tasks'>): boolean {
  return tasks.some(
    (task) =>
      (task.kind === 'flash' || task.kind === 'erase') &&
      !task.ifWiping &&
      ['userdata', 'metadata'].includes(task.partition),
  );
}
