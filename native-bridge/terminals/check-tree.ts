/** From a profile's tree to a Profile, or to everything that is wrong with it. Pure. */
import type { ProfileProblem } from '../contract/profile.ts';
import { readingNames, type ReadingName } from '../contract/reading.ts';
import { alignExpectations } from './expectations.ts';
import { withParents, type Parents } from './extends.ts';
import type { ReadingSource } from './profile-source.ts';
import type { Profile, Setting } from './profile.ts';
import { profileFileShape, recognitionField, type ProfileFile } from './profile-file/shape.ts';
import { typesOf } from './profile-file/vocabulary.ts';
import { nothing, Problems } from './yaml/problems.ts';
import { join, type MapNode, type Tree } from './yaml/tree.ts';

export interface Checked<T> {
  /** What the file calls itself, where it says so. */
  readonly name: string | null;
  /** null where there are problems. */
  readonly value: T | null;
  readonly problems: ProfileProblem[];
}

export interface CheckTerms {
  readonly parents: Parents;
  readonly shipped: boolean;
}

/** As `checkProfile` (check-profile.ts), of a file that is read already. */
export function checkTree(tree: MapNode, { parents, shipped }: CheckTerms): Checked<Profile> {
  const problems = new Problems();
  const whole = withParents(tree, parents, problems);
  const isOrphan = problems.count > 0;
  const found = new Problems();
  const read = profileFileShape.read(whole, '', found);
  // What an unknown parent would have said is not missing.
  problems.take(found, ({ path, found: what }) => !isOrphan || path !== '' || what !== nothing);
  const name = textAt(tree, 'name');
  if (!read || problems.count > 0) return { name, value: null, problems: problems.list() };
  return { name, value: toProfile(read, shipped), problems: [] };
}

/** How the model is recognised, which no profile inherits: all that is needed to tell whose a terminal is. */
export function recognitionOf(tree: MapNode): Checked<Profile['recognition']> {
  const problems = new Problems();
  const key = 'recognition';
  const written = tree.entries.get(key);
  const { shape, fallback } = recognitionField;
  const value = written ? shape.read(written.value, join('', key), problems) : fallback;
  const name = textAt(tree, 'name');
  return { name, value: problems.count > 0 ? null : (value ?? null), problems: problems.list() };
}

export function textAt(tree: Tree, key: string): string | null {
  const value = tree.kind === 'map' ? tree.entries.get(key)?.value : undefined;
  return value?.kind === 'text' && value.text !== '' ? value.text.slice(0, 64) : null;
}

function toProfile(file: ProfileFile, shipped: boolean): Profile {
  const settings = [...file.settings].map(([key, setting]): Setting => ({ ...setting, key }));
  const { name, vendor, model, labels, recognition, line, has, thresholds, firmware } = file;
  return alignExpectations({
    name,
    vendor,
    model,
    labels,
    shipped,
    recognition,
    line,
    readings: new Map([...readingsOfSettings(settings), ...file.readings]),
    settings,
    thresholds,
    routine: file.routine,
    has,
    scanner: file.scanner,
    debugMode: file.adb && { reversible: file.adb.openingIsReversible, fact: file.adb.fact },
    expected: file.expected,
    statusService: file.statusService,
    firmware,
    support: file.support,
    merchant: null,
  });
}

/** A setting named like a reading is read as that reading, unless the file says otherwise. */
function readingsOfSettings(settings: readonly Setting[]): [ReadingName, ReadingSource][] {
  return settings.flatMap(({ key, source, secret, fact }) => {
    const name = readingNames.find((candidate) => candidate === key);
    if (name === undefined || secret) return [];
    const how: ReadingSource = {
      source,
      type: typesOf(name)[0],
      unit: 'none',
      scale: 1,
      offset: 0,
      none: [],
      map: new Map(),
      sample: null,
      fact,
    };
    return [[name, how]];
  });
}
