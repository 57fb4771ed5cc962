/**
 * Why a serial port does not open. The library gives sentences and no codes, so what can be asked
 * of the system is asked of the system (before opening, so that nothing on the line moves), and its
 * sentences are read only for the rest.
 */
import { access, constants, readFile, stat } from 'node:fs/promises';
import { findHolder, ourselves, type PortHolder } from './port-holder.ts';
import { PortError } from './port.ts';

type Cause = { readonly cause: unknown } | undefined;

/** @throws PortError `port-missing`, `port-forbidden`, `port-address-invalid`, `port-busy` */
export async function checkBeforeOpening(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const info = await stat(path).catch((cause: unknown) => {
    throw errorByNumber(path, cause);
  });
  // Opening would flush and lock whatever it is.
  if (!info.isCharacterDevice()) throw new PortError('port-address-invalid', { port: path });
  const denied = await access(path, constants.R_OK | constants.W_OK).catch((cause: unknown) => ({
    cause,
  }));
  if (denied) throw await forbidden(path, denied);
  const holder = process.platform === 'linux' ? await findHolder(path) : null;
  if (holder) throw busy(path, holder);
}

/** The fault behind the library's rejection of an open. */
export async function openFault(path: string, cause: unknown): Promise<PortError> {
  const words = cause instanceof Error ? cause.message : String(cause);
  if (busyWords.test(words)) return busy(path, await whoHolds(path), { cause });
  if (deniedWords.test(words)) {
    // Windows says the same of a port that another program has open.
    return process.platform === 'win32' ? busy(path, null, { cause }) : forbidden(path, { cause });
  }
  if (missingWords.test(words)) return new PortError('port-missing', { port: path }, { cause });
  return new PortError('port-failed', { port: path }, { cause });
}

/** EWOULDBLOCK of its lock; EBUSY of TIOCEXCL (ModemManager, screen). */
const busyWords = /cannot lock port|temporarily unavailable|resource busy|device busy/i;
const deniedWords = /permission denied|operation not permitted|access (?:is )?denied/i;
const missingWords =
  /no such file|no such device|file not found|device not configured|cannot find the file/i;

function errorByNumber(path: string, cause: unknown): PortError {
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  if (code === 'EACCES' || code === 'EPERM') {
    return new PortError('port-forbidden', { port: path }, { cause });
  }
  const missing = ['ENOENT', 'ENOTDIR', 'ENXIO', 'ENODEV', 'ELOOP'].includes(code);
  return new PortError(missing ? 'port-missing' : 'port-failed', { port: path }, { cause });
}

function busy(path: string, holder: PortHolder | null, cause?: Cause): PortError {
  const facts = holder ? { port: path, holder: holder.name, pid: holder.pid } : { port: path };
  return new PortError('port-busy', facts, cause);
}

async function whoHolds(path: string): Promise<PortHolder | null> {
  if (process.platform !== 'linux') return null;
  return (await findHolder(path)) ?? (await ourselves(path));
}

/** Names the group whose members may use the node (`dialout`, `uucp`), if it has one. */
async function forbidden(path: string, cause: Cause): Promise<PortError> {
  const info = await stat(path).catch(() => null);
  const groupMayUse = info !== null && (info.mode & 0o060) === 0o060;
  const group = groupMayUse ? await groupName(info.gid) : null;
  const facts = group === null ? { port: path } : { port: path, group };
  return new PortError('port-forbidden', facts, cause);
}

async function groupName(gid: number): Promise<string | null> {
  const groups = await readFile('/etc/group', 'utf8').catch(() => '');
  for (const line of groups.split('\n')) {
    const [name, , id] = line.split(':');
    if (name !== undefined && id !== undefined && Number(id) === gid) return name;
  }
  return null;
}
