/** Commands on files. */
import { createHash } from 'node:crypto';
import { FileError, S_IFDIR } from '../device/files.ts';
import type { PlainCommand, StreamingCommand } from '../shell/command.ts';

export const cat: StreamingCommand = async ({ args, io, device }) => {
  const names = args.filter((arg) => !arg.startsWith('-'));
  if (names.length === 0) {
    for (let piece = await io.stdin.read(); piece !== null; piece = await io.stdin.read()) {
      await io.stdout(piece);
    }
    return 0;
  }
  let code = 0;
  for (const name of names) {
    try {
      await io.stdout(device.files.read(name));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      await io.stderr(Buffer.from(`cat: ${name}: ${error.message}\n`));
      code = 1;
    }
  }
  return code;
};

export const ls: PlainCommand = (args, { files }) => {
  const [path = '/'] = args.filter((arg) => !arg.startsWith('-'));
  const stat = files.stat(path);
  if (stat === null) return { err: `ls: ${path}: No such file or directory\n`, code: 1 };
  const folder = (stat.mode & S_IFDIR) !== 0 && !args.includes('-d');
  const names = folder ? (files.list(path) ?? []) : [path];
  if (!args.some((arg) => /^-[a-zA-Z]*l/.test(arg))) {
    return { out: names.map((name) => `${name}\n`).join('') };
  }
  const rows = names.map((name) => {
    const {
      mode = 0,
      sizeBytes = 0,
      mtimeS = 0,
    } = files.stat(folder ? `${path}/${name}` : name) ?? {};
    const kind = (mode & S_IFDIR) !== 0 ? 'd' : '-';
    const when = new Date(mtimeS * 1000).toISOString().slice(0, 16).replace('T', ' ');
    return `${kind}${rights(mode)} 1 shell shell ${String(sizeBytes).padStart(9)} ${when} ${name}\n`;
  });
  return { out: `total ${names.length * 4}\n${rows.join('')}` };
};

function rights(mode: number): string {
  return [6, 3, 0]
    .map((shift) => (mode >> shift) & 7)
    .map((bits) => `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${bits & 1 ? 'x' : '-'}`)
    .join('');
}

export const rm: PlainCommand = (args, { files }) => {
  const names = args.filter((arg) => !arg.startsWith('-'));
  const forced = args.some((arg) => /^-\w*f/.test(arg));
  for (const name of names) {
    const stat = files.stat(name);
    if (stat === null) {
      if (forced) continue;
      return { err: `rm: ${name}: No such file or directory\n`, code: 1 };
    }
    try {
      if ((stat.mode & S_IFDIR) === 0) files.checkWritable(name);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      return { err: `rm: ${name}: ${error.message}\n`, code: 1 };
    }
    files.remove(name);
  }
  return {};
};

export const mkdir: PlainCommand = (args, { files }) => {
  for (const name of args.filter((arg) => !arg.startsWith('-'))) {
    try {
      files.checkWritable(`${name}/`);
      files.folder(name);
    } catch (error) {
      if (!(error instanceof FileError) || error.message !== 'Is a directory') {
        const message = error instanceof Error ? error.message : '';
        return { err: `mkdir: '${name}': ${message}\n`, code: 1 };
      }
    }
  }
  return {};
};

function digest(algorithm: string): PlainCommand {
  return (args, { files }) => {
    const hex = (name: string): string =>
      createHash(algorithm).update(files.read(name)).digest('hex');
    const missing = args.find((name) => files.stat(name) === null);
    if (missing !== undefined) {
      return { err: `${missing}: No such file or directory\n`, code: 1 };
    }
    return { out: args.map((name) => `${hex(name)}  ${name}\n`).join('') };
  };
}

export const md5sum = digest('md5');
export const sha1sum = digest('sha1');
export const sha256sum = digest('sha256');

export const df: PlainCommand = (args, { model, usedBytes, freeBytes }) => {
  const block = model.slots === null ? '/dev/block/mmcblk0p41' : '/dev/block/dm-48';
  const kib = (bytes: number): number => Math.floor(bytes / 1024);
  const data = [kib(model.dataBytes), kib(usedBytes), kib(freeBytes)] as const;
  const system = model.slots === null ? '/dev/block/mmcblk0p25' : '/dev/block/dm-5';
  const rows: readonly (readonly [string, number, number, number, string])[] = [
    ['tmpfs', Math.floor(model.ramKib / 2), 612, Math.floor(model.ramKib / 2) - 612, '/dev'],
    [system, 1_515_760, 1_102_344, 413_416, model.slots === null ? '/system' : '/'],
    [block, ...data, '/data'],
    [model.slots === null ? '/dev/fuse' : '/dev/fuse', ...data, '/storage/emulated'],
  ];
  const wanted = args.filter((arg) => arg.startsWith('/'));
  const shown = rows.filter(([, , , , mount]) =>
    wanted.length === 0 ? true : wanted.some((path) => path.startsWith(mount) && mount !== '/'),
  );
  const human = args.includes('-h');
  const size = (value: number): string => (human ? humanSize(value) : String(value));
  const header = human
    ? 'Filesystem            Size  Used Avail Use% Mounted on\n'
    : 'Filesystem            1K-blocks    Used Available Use% Mounted on\n';
  const line = ([name, total, used, free, mount]: (typeof rows)[number]): string => {
    const percent = total === 0 ? 0 : Math.ceil((used * 100) / total);
    return `${name.padEnd(21)} ${size(total).padStart(9)} ${size(used).padStart(7)} ${size(free).padStart(9)} ${String(percent).padStart(3)}% ${mount}\n`;
  };
  return { out: header + shown.map(line).join('') };
};

function humanSize(kib: number): string {
  if (kib < 1024) return `${kib}K`;
  if (kib < 1024 * 1024) return `${(kib / 1024).toFixed(0)}M`;
  return `${(kib / 1024 / 1024).toFixed(1)}G`;
}
