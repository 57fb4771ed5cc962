/** `pm list packages`, with `-f` or `--show-versioncode` (Android 8 and later) or without. */
import { linesOf } from './text.ts';
import { integerOf } from './values.ts';

export interface ListedPackage {
  readonly name: string;
  /** null where it was not asked for. */
  readonly versionCode: number | null;
  readonly apkPath: string | null;
}

const MAX_PACKAGES = 8_192;

/** null: this is no list of packages. An empty output is none either: every terminal has some. */
export function parsePackageList(text: string): readonly ListedPackage[] | null {
  const packages = linesOf(text)
    .map(readLine)
    .filter((each) => each !== null)
    .slice(0, MAX_PACKAGES);
  return packages.length === 0 ? null : packages;
}

/** `package:/data/app/~~x==/y-z==/base.apk=com.example versionCode:12`: the path may hold `=`. */
function readLine(line: string): ListedPackage | null {
  const [, head, rest] =
    /^package:(\S{1,1024})((?: {1,2}[A-Za-z]{1,32}[:=]\S{0,256}){0,8})\s*$/.exec(line) ?? [];
  if (head === undefined) return null;
  const at = head.lastIndexOf('=');
  const name = head.slice(at + 1);
  if (!/^[\w.]{1,256}$/.test(name)) return null;
  const version = /\bversionCode:(\d{1,15})\b/.exec(rest ?? '')?.[1];
  return { name, versionCode: integerOf(version), apkPath: at < 0 ? null : head.slice(0, at) };
}
