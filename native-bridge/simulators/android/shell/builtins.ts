/** Commands that have to do with the shell itself (XCU 2.14 and what mksh adds). */
import { Exit } from './exit.ts';
import type { Io } from './io.ts';

/** The shell, as they see it. */
export interface Surroundings {
  readonly status: number;
  readonly variables: Map<string, string>;
  readonly has: (name: string) => boolean;
  readonly run: (words: readonly string[]) => Promise<number>;
}

/** The exit code; null: not such a command. */
export async function builtin(
  name: string,
  args: readonly string[],
  shell: Surroundings,
  io: Io,
): Promise<number | null> {
  switch (name) {
    case ':':
    case 'true':
    case 'export':
    case 'set':
    case 'cd':
    case 'umask':
    case 'trap':
    case 'wait':
      return 0;
    case 'false':
      return 1;
    case 'exit':
      throw new Exit(args[0] === undefined ? shell.status : Number(args[0]) & 0xff);
    case 'unset':
      for (const each of args) shell.variables.delete(each);
      return 0;
    case 'exec':
      throw new Exit(await shell.run(args));
    case 'command':
      if (args[0] !== '-v') return await shell.run(args);
      return await whereIs(args.slice(1), shell, io);
    case 'type':
    case 'which':
      return await whereIs(args, shell, io);
    default:
      return null;
  }
}

async function whereIs(names: readonly string[], shell: Surroundings, io: Io): Promise<number> {
  let found = true;
  for (const name of names) {
    const known = shell.has(name);
    found &&= known;
    if (known) await io.stdout(Buffer.from(`/system/bin/${name}\n`));
  }
  return found ? 0 : 1;
}
