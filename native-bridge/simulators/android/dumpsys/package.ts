/** `dumpsys package NAME`: the section "Packages", in which everything is that matters here. */
import type { Device } from '../device/device.ts';
import type { Package } from '../device/packages.ts';
import { local, strftime } from '../commands/system.ts';

export function packageDump(name: string | undefined, device: Device): string {
  const found = name === undefined ? device.packages.list() : [device.packages.get(name)];
  const known = found.filter((each) => each !== undefined);
  if (known.length === 0) return `Unable to find package: ${name ?? ''}\n`;
  const head = name === undefined ? '' : 'Activity Resolver Table:\n\nKey Set Manager:\n\n';
  return `${head}Packages:\n${known.map((each) => dump(each, device)).join('')}\n`;
}

/** PackageManager's names for COMPONENT_ENABLED_STATE. */
const enabledNumbers = { default: 0, enabled: 1, 'disabled-user': 3 } as const;

export function codePath(found: Package, sdk: number): string {
  const folder = found.label.replace(/\s/g, '');
  if (found.system && found.apk === null) return `/system/app/${folder}`;
  if (sdk < 30) return `/data/app/${found.name}-1`;
  const random = Buffer.from(found.name).toString('base64url').slice(0, 22);
  return `/data/app/~~${random}==/${found.name}-${random.slice(4)}AAAA==`;
}

function dump(found: Package, device: Device): string {
  const { sdk } = device.model.firmware;
  const hash = found.signer.slice(0, 7);
  const path = codePath(found, sdk);
  const when = (ms: number): string => strftime('%F %T', { ...local(device), ...at(ms, device) });
  const flags = `[ ${found.system ? 'SYSTEM ' : ''}HAS_CODE ALLOW_CLEAR_USER_DATA ]`;
  const min = sdk >= 26 ? `minSdk=${found.minSdk} ` : '';
  const signatures =
    sdk >= 28
      ? `PackageSignatures{${hash} version:2, signatures:[${found.signerHash}], past signatures:[]}`
      : `PackageSignatures{${hash} [${found.signerHash}]}`;
  const user = `User 0: ceDataInode=${found.userId * 7} installed=true hidden=false suspended=false ${sdk >= 30 ? 'distractionFlags=0 ' : ''}stopped=false notLaunched=false enabled=${enabledNumbers[found.enabled]}${sdk >= 28 ? ' instant=false virtual=false' : ''}`;
  const rows = [
    `userId=${found.userId}`,
    `pkg=Package{${hash} ${found.name}}`,
    `codePath=${path}`,
    `resourcePath=${path}`,
    `legacyNativeLibraryDir=${path}/lib`,
    'primaryCpuAbi=null',
    `versionCode=${found.versionCode} ${min}targetSdk=${found.targetSdk}`,
    `versionName=${found.versionName}`,
    'splits=[base]',
    `applicationInfo=ApplicationInfo{${hash} ${found.name}}`,
    `flags=${flags}`,
    `dataDir=/data/user/0/${found.name}`,
    `timeStamp=${when(found.updatedMs)}`,
    `firstInstallTime=${when(found.installedMs)}`,
    `lastUpdateTime=${when(found.updatedMs)}`,
    ...(found.installer === null ? [] : [`installerPackageName=${found.installer}`]),
    `signatures=${signatures}`,
    'installPermissionsFixed=true',
    `pkgFlags=${flags}`,
    user,
    ...(found.enabled === 'disabled-user' ? ['  lastDisabledCaller: shell:2000'] : []),
  ];
  return `  Package [${found.name}] (${hash}):\n${rows.map((row) => `    ${row}\n`).join('')}`;
}

/** A time of its own in the terminal's zone. */
function at(ms: number, device: Device) {
  const offset = local(device).offset;
  const minutes =
    Number(offset.slice(0, 3)) * 60 +
    Number(offset.slice(3)) * Math.sign(Number(offset.slice(0, 3)) || 1);
  const date = new Date(ms + minutes * 60_000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
}
