/** How the commands of a script follow each other: lists, pipelines, groups, branches, loops (XCU 2.9). */
import { Exit } from './exit.ts';
import { BrokenPipe, Conduit, Interrupted, type Io } from './io.ts';
import type { AndOr, Command, List, Pipeline, Word } from './syntax.ts';

const BROKEN_PIPE = 141;

/** What runs here: a shell. */
export interface Runner {
  status: number;
  readonly variables: Map<string, string>;
  /** A subshell: its variables go with it. */
  copy(): Runner;
  runSimple(
    command: Command & { readonly kind: 'simple' },
    io: Io,
    signal: AbortSignal,
  ): Promise<number>;
  expand(words: readonly Word[], io: Io, signal: AbortSignal): Promise<string[]>;
  /** With its redirections in place. */
  directed(
    command: Command,
    io: Io,
    signal: AbortSignal,
    run: (io: Io) => Promise<number>,
  ): Promise<number>;
}

export async function runList(
  shell: Runner,
  list: List,
  io: Io,
  signal: AbortSignal,
): Promise<void> {
  for (const item of list) {
    if (signal.aborted) throw new Interrupted();
    await runAndOr(shell, item, io, signal);
  }
}

/** What `exit` ends here is the part alone. */
export async function runApart(run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Exit) return error.code;
    if (error instanceof BrokenPipe) return BROKEN_PIPE;
    throw error;
  }
}

async function runAndOr(
  shell: Runner,
  { first, rest }: AndOr,
  io: Io,
  signal: AbortSignal,
): Promise<void> {
  shell.status = await runPipeline(shell, first, io, signal);
  for (const { operator, pipeline } of rest) {
    if ((operator === '&&') === (shell.status === 0)) {
      shell.status = await runPipeline(shell, pipeline, io, signal);
    }
  }
}

async function runPipeline(
  shell: Runner,
  pipeline: Pipeline,
  io: Io,
  signal: AbortSignal,
): Promise<number> {
  const status = await runPipes(shell, pipeline.commands, io, signal);
  return pipeline.negated ? Number(status === 0) : status;
}

async function runPipes(
  shell: Runner,
  commands: readonly Command[],
  io: Io,
  signal: AbortSignal,
): Promise<number> {
  const [only] = commands;
  if (only !== undefined && commands.length === 1) return await runCommand(shell, only, io, signal);
  const conduits = commands.slice(1).map(() => new Conduit());
  const statuses = await Promise.all(
    commands.map(async (command, at) => {
      const before = conduits[at - 1];
      const after = conduits[at];
      const piped = { ...io, stdin: before ?? io.stdin, stdout: after?.write ?? io.stdout };
      const status = await runApart(() => runCommand(shell.copy(), command, piped, signal));
      before?.breakOff();
      after?.end();
      return status;
    }),
  );
  return statuses.at(-1) ?? 0;
}

async function runCommand(
  shell: Runner,
  command: Command,
  io: Io,
  signal: AbortSignal,
): Promise<number> {
  return await shell.directed(command, io, signal, (directed) =>
    runDirected(shell, command, directed, signal),
  );
}

async function runDirected(
  shell: Runner,
  command: Command,
  io: Io,
  signal: AbortSignal,
): Promise<number> {
  switch (command.kind) {
    case 'simple':
      return await shell.runSimple(command, io, signal);
    case 'group':
      return await runGroup(shell, command, io, signal);
    case 'if':
      for (const { test, body } of command.branches) {
        await runList(shell, test, io, signal);
        if (shell.status === 0) return await runBody(shell, body, io, signal);
      }
      return await runBody(shell, command.otherwise, io, signal);
    case 'for':
      for (const value of await shell.expand(command.words, io, signal)) {
        shell.variables.set(command.name, value);
        await runList(shell, command.body, io, signal);
      }
      return shell.status;
    case 'while':
      for (;;) {
        await runList(shell, command.test, io, signal);
        if ((shell.status === 0) === command.until) return 0;
        await runList(shell, command.body, io, signal);
        // A loop of builtins never waits: others must get their turn.
        await new Promise((resolve) => setImmediate(resolve));
      }
  }
}

async function runGroup(
  shell: Runner,
  { subshell, body }: Command & { readonly kind: 'group' },
  io: Io,
  signal: AbortSignal,
): Promise<number> {
  const inside = subshell ? shell.copy() : shell;
  const run = async (): Promise<number> => {
    await runList(inside, body, io, signal);
    return inside.status;
  };
  return subshell ? await runApart(run) : await run();
}

async function runBody(shell: Runner, body: List, io: Io, signal: AbortSignal): Promise<number> {
  shell.status = 0;
  await runList(shell, body, io, signal);
  return shell.status;
}
