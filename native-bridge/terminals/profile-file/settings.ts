/** `settings`: what can be changed, what it may be and what it should be. */
import type { Sentence } from '../../contract/common.ts';
import { sentence } from '../../wording/index.ts';
import { settingKinds, type SettingSource } from '../profile-source.ts';
import type { Setting } from '../profile.ts';
import { checkSettingValue } from '../setting-value.ts';
import { list, maybe, object, optional, record } from '../shapes/collections.ts';
import { boolean, choice, integer, pattern, text } from '../shapes/scalars.ts';
import { converted, described, type Shape } from '../shapes/shape.ts';
import { nothing, type Problems } from '../yaml/problems.ts';
import { describeTree, join, type Place, type Tree } from '../yaml/tree.ts';
import {
  contentKey,
  fact,
  labels,
  settingName,
  settingsTableKey,
  smpKey,
  timeZoneKey,
  wifiKey,
} from './basics.ts';

const lowest = -2_147_483_648;
const highest = 4_294_967_295;
const value = text({ maxBytes: 4096, mayBeEmpty: true });

const settingFields = object({
  from: optional(choice(settingKinds), 'smp-settings'),
  key: described('The terminal’s own name of it', text({ maxBytes: 512 })),
  labels,
  type: choice(['text', 'integer', 'boolean', 'choice']),
  allowed: optional(list(value, 64), []),
  min: maybe(integer(lowest, highest)),
  max: maybe(integer(lowest, highest)),
  pattern: maybe(pattern),
  maxBytes: optional(integer(1, 4096), 256),
  expected: maybe(value),
  restartNeeded: optional(boolean, false),
  secret: optional(boolean, false),
  fact: maybe(fact),
});

type Unnamed = Omit<Setting, 'key'>;

const settingShape: Shape<Unnamed> = converted(settingFields, (fields, tree, path, problems) => {
  const { from, key, labels: names, type, allowed, min, max, maxBytes, expected } = fields;
  const hasRange = min !== null || max !== null;
  const setting: Unnamed = {
    source: { from, key },
    labels: names,
    type,
    allowed,
    range: hasRange ? { min: min ?? lowest, max: max ?? highest } : null,
    pattern: fields.pattern,
    maxBytes,
    expected,
    restartNeeded: fields.restartNeeded,
    secret: fields.secret,
    fact: fields.fact,
  };
  checkKey(setting.source, tree, path, problems);
  checkTogether(setting, tree, path, problems);
  return setting;
});

const keyShapes = {
  'smp-settings': smpKey,
  'android-settings': settingsTableKey,
  'android-content': contentKey,
  'android-time-zone': timeZoneKey,
  'android-wifi': wifiKey,
};

/** What the terminal's own name looks like depends on where it is. */
function checkKey({ from }: SettingSource, tree: Tree, path: string, problems: Problems): void {
  const entry = tree.kind === 'map' ? tree.entries.get('key') : undefined;
  if (entry) keyShapes[from].read(entry.value, join(path, 'key'), problems);
}

/** Rules between the keys of one setting. */
function checkTogether(setting: Unnamed, tree: Tree, path: string, problems: Problems): void {
  const complain = (key: string, expected: Sentence): void => {
    const entry = tree.kind === 'map' ? tree.entries.get(key) : undefined;
    const at: Place = entry?.value.at ?? tree.at;
    problems.add(at, join(path, key), expected, entry ? describeTree(entry.value) : nothing);
  };
  const { type, allowed, range, pattern: form, expected, secret } = setting;
  if (type === 'choice' && allowed.length === 0) {
    complain('allowed', sentence('expects_key', { key: 'allowed' }));
  }
  if (range && type !== 'integer') {
    complain('type', sentence('expects_choice', { choices: ['integer'] }));
  }
  if (range && range.min > range.max) {
    complain('max', sentence('expects_integer', { min: range.min, max: highest }));
  }
  if (form && type !== 'text') complain('type', sentence('expects_choice', { choices: ['text'] }));
  for (const candidate of allowed) {
    const wrong = checkSettingValue(setting, candidate);
    if (wrong) complain('allowed', wrong);
  }
  if (isNetwork(setting) && !secret)
    complain('secret', sentence('expects_choice', { choices: ['true'] }));
  if (expected === null) return;
  const wrong = secret ? sentence('expects_no_secret', {}) : checkSettingValue(setting, expected);
  if (wrong) complain('expected', wrong);
}

/** Its password is in it. */
const isNetwork = ({ source }: Unnamed): boolean =>
  source.from === 'android-wifi' && source.key === 'network';

export const settingsShape = record(settingName, settingShape, 256);
