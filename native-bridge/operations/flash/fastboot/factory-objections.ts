/** What speaks for and against this factory package on this terminal, and the way back that it leaves. */
import type { FlashPlan } from '../../../contract/firmware.ts';
import { unmetRequirements } from '../../../firmware/fastboot/android-info.ts';
import type { FactoryInspection } from '../../../firmware/fastboot/inspect-factory.ts';
import type { Profile } from '../../../terminals/profile.ts';
import { faultWords } from '../../../wording/index.ts';
import { blocker, warning, type Blocker, type Warning } from '../blocker.ts';
import type { FactoryFile } from '../firmware-file.ts';
import { keepWarnings } from '../image-blockers.ts';
import type { BootLoaderSeen, Survey } from '../method.ts';
import { batteryBlockers, modelBlockers, tradeBlockers } from '../terminal-blockers.ts';
import { bootLoaderBlockers, unmetBlocker, untilUserspace } from './demands.ts';
import { slotsOf } from './slot.ts';
import { wipesUnasked, writesOf } from './writes.ts';

type Objections = Pick<FlashPlan, 'blockers' | 'warnings'>;
type Way = Pick<FlashPlan, 'bootloaderMode' | 'canRevert' | 'wayBack'>;

export function factoryObjections(
  file: FactoryFile,
  found: Survey,
  profile: Profile,
  assumed: boolean,
): Objections {
  const { factory, inspection } = file;
  const seen = found.bootLoader ?? nothingTold;
  const isBootLoader = seen.variables !== null;
  const { canRevert } = wayOfFactory(file, found, profile);
  const blockers: Blocker[] = [
    ...inspection.faults.map((fault) =>
      blocker(
        'image-refused',
        {
          'reason.zh-CN': faultWords(fault, 'zh-CN').what,
          'reason.en': faultWords(fault, 'en').what,
        },
        false,
      ),
    ),
    ...buildBlockers(file, found),
    ...(isBootLoader
      ? ownBlockers(factory, seen, profile)
      : systemBlockers(factory, seen, profile)),
    ...(canRevert ? [] : [noWayBack]),
    ...(wipesUnasked(factory) ? [blocker('factory-wipes', {}, true)] : []),
    ...(inspection.verdict === 'good' ? originBlockers(file) : []),
    ...modelBlockers(found, profile),
    ...(isBootLoader ? [] : batteryBlockers(found, profile)),
    ...tradeBlockers(found),
    ...(profile.firmware?.fastboot
      ? []
      : [blocker('no-fastboot-profile', { profile: profile.name }, true)]),
  ];
  const warnings: Warning[] = [
    ...(assumed ? [warning('identity-assumed', {}, true)] : []),
    warning(isBootLoader ? 'in-boot-loader' : 'factory-asked-again'),
    warning('wipe-data', {}, true),
    ...keepWarnings(profile),
  ];
  return { blockers: onceEach(blockers), warnings };
}

/** Where the old system stays in its slot until the new one is to run. */
export function wayOfFactory({ factory }: FactoryFile, found: Survey, profile: Profile): Way {
  const { hasSlots = null, virtualAb = null } = found.bootLoader ?? {};
  const { tasks } = factory;
  const remakesSuper = tasks.some(({ kind }) => kind === 'update-super');
  const writesBoth = tasks.some((task) => task.kind === 'flash' && task.slot === 'other');
  // With Virtual A/B the new table of partitions takes the room of the old system's.
  const keepsOther = !writesBoth && (!remakesSuper || virtualAb === false);
  const canRevert = profile.firmware?.fastboot?.slot === 'other' && hasSlots === true && keepsOther;
  const key = canRevert ? 'way_back_slots' : 'way_back_partitions_written';
  return { bootloaderMode: null, canRevert, wayBack: { key, facts: {} } };
}

const noWayBack: Blocker = {
  ...blocker('no-way-back', {}, true),
  text: { key: 'blocker_no_way_back_factory', facts: {} },
};

/** Without a name for what it brings, nothing after the restart could prove it. */
function buildBlockers({ inspection, factory }: FactoryFile, { state }: Survey): Blocker[] {
  const { imageHash, version } = inspection;
  if (factory.images.length > 0 && imageHash === null) {
    return [blocker('ota-build-unnamed', {}, false)];
  }
  if (imageHash === null || state.running?.id !== imageHash) return [];
  return [blocker('already-installed', { version: version ?? imageHash }, false)];
}

/** Who signed vbmeta vouches for what it describes: seldom for boot loader and radio, never for more. */
function originBlockers({ inspection, factory }: FactoryFile): Blocker[] {
  if (inspection.signature.state !== 'valid') return [blocker('factory-unsigned', {}, true)];
  const others = factory.images.filter(({ vouched }) => !vouched).map(({ entry }) => entry);
  if (others.length === 0) return [];
  const facts = { images: others.join(', ') };
  const said = blocker('factory-unvouched', facts, true);
  if (factory.unchecked === null) return [said];
  return [{ ...said, text: { key: 'blocker_factory_unchecked', facts } }];
}

/** The boot loader answers: everything that it would be asked again is known now. */
function ownBlockers(
  factory: FactoryInspection,
  { variables, hasSlots }: BootLoaderSeen,
  profile: Profile,
): Blocker[] {
  if (variables === null || factory.images.length === 0) return [];
  const writes = writesOf(factory, { wipes: false, hasSlots: hasSlots === true });
  const slots = slotsOf(variables, profile.firmware?.fastboot?.slot ?? 'current');
  return bootLoaderBlockers({ factory, writes, imageBytes: new Map() }, variables, slots);
}

/** What a system shows of its boot loader: not all that the package asks, and not always by its name. */
function systemBlockers(
  factory: FactoryInspection,
  { products, unlocked, version, basebands, hasSuper }: BootLoaderSeen,
  { firmware }: Profile,
): Blocker[] {
  const own = firmware?.fastboot?.products ?? [];
  const wanted = factory.requirements
    .filter(({ name, reject }) => name === 'product' && !reject)
    .flatMap(({ values }) => values);
  const known = own.length > 0 ? own : products;
  const isFor = wanted.length === 0 || known.some((name) => fits(wanted, name));
  const facts = { found: known.join(', ') || '–', expected: wanted.join(', ') };
  const product =
    own.length > 0
      ? blocker('wrong-model', facts, false)
      : blocker('factory-product-unknown', facts, true);
  const versions = factory.requirements.filter(({ name }) => isVersion(name));
  const brings = factory.outerTasks.length > 0;
  return [
    ...(unlocked === false ? [blocker('bootloader-locked', {}, false)] : []),
    ...(isFor ? [] : [product]),
    ...(hasSuper === true ? outsideSuperBlockers(factory) : []),
    ...(brings ? [] : versionBlockers(versions, version, basebands)),
  ];
}

/** Of what may lie in `super`, the system always does; of the rest the boot loader is asked. */
function outsideSuperBlockers(factory: FactoryInspection): Blocker[] {
  const writes = untilUserspace(writesOf(factory, { wipes: false, hasSlots: false }));
  const isSystem = writes.some((write) => write.kind === 'flash' && write.partition === 'system');
  return isSystem ? [blocker('factory-no-super-table', { partition: 'system' }, false)] : [];
}

function versionBlockers(
  versions: FactoryInspection['requirements'],
  version: string | null,
  basebands: readonly string[],
): Blocker[] {
  const told = [
    ...(version === null ? [] : [['version-bootloader', version] as const]),
    ...(basebands[0] === undefined ? [] : [['version-baseband', basebands[0]] as const]),
  ];
  const values = new Map(told);
  const asked = versions.filter(
    ({ name, product }) => product === null && values.has(name as never),
  );
  return unmetRequirements(asked, { product: null, values, partitions: new Map() }).map(
    unmetBlocker,
  );
}

function isVersion(name: string): boolean {
  return name === 'version-bootloader' || name === 'version-baseband';
}

function fits(wanted: readonly string[], name: string): boolean {
  return wanted.some((each) =>
    each.endsWith('*') ? name.startsWith(each.slice(0, -1)) : each === name,
  );
}

/** The profile and the package may both say that it is another model. */
function onceEach(all: readonly Blocker[]): Blocker[] {
  const key = ({ code, text }: Blocker) => `${code} ${JSON.stringify(text.facts)}`;
  return all.filter((one, at) => all.findIndex((each) => key(each) === key(one)) === at);
}

const nothingTold: BootLoaderSeen = {
  products: [],
  unlocked: null,
  version: null,
  basebands: [],
  hasSlots: null,
  virtualAb: null,
  hasSuper: null,
  variables: null,
};
