/** Which of Android's commands a source is read from. */
import { androidDumps, contentQuery, type AndroidDump } from '../../protocols/android/index.ts';
import type { AndroidSource, SettingSource, Source } from '../../terminals/profile-source.ts';

/** A program and its arguments. */
export type Command = readonly string[];
export type Stored = SettingSource & { readonly from: `android-${string}` };
export type Asked = AndroidSource | Stored;

const dumps: Readonly<Record<string, AndroidDump>> = androidDumps;

export function isAndroid(source: Source): source is Asked {
  return source.from.startsWith('android-');
}

export function commandsOf(source: Asked): Command[] {
  switch (source.from) {
    case 'android-dump':
      return [dumps[source.dump]?.command ?? []].filter(({ length }) => length > 0);
    case 'android-package':
      return source.packages.map((name) => [...(dumps['package']?.command ?? []), name]);
    case 'android-property':
    case 'android-time-zone':
      return [['getprop']];
    case 'android-wifi':
      return [androidDumps.wifi.command];
    case 'android-shell':
      return [source.argv];
    case 'android-file':
      return [['cat', source.path]];
    case 'android-broadcast': {
      const to = source.component === null ? [] : ['-n', source.component];
      return [['am', 'broadcast', '-a', source.action, ...to]];
    }
    case 'android-content':
      return [contentQuery(source.key)];
    case 'android-settings':
      return [['settings', 'list', tableOf(source.key)]];
  }
}

/** A clock is compared with this computer's when the answer came: it is asked last. */
export function clockLast(a: Command, b: Command): number {
  return Number(isClock(a)) - Number(isClock(b));
}

const clockCommand = dumps['clock']?.command.join(' ');
const isClock = (command: Command): boolean => command.join(' ') === clockCommand;

function tableOf(key: string): string {
  return key.slice(0, key.indexOf('/'));
}
