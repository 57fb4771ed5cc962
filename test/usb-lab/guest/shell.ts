/**
 * The shell's program as it was built, kept for one job after the other: its start costs an emulated
 * processor more than most jobs. Jobs come and their answers go over the channel of the process that
 * started this one; what the program prints is in the answer.
 */
import { pathToFileURL } from 'node:url';
import type { run } from '../../../cli/run.ts';
import { builtModule } from './built-module.ts';

export interface ShellAnswer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

const shell = (await import(pathToFileURL(builtModule('run')).href)) as { run: typeof run };

process.on('message', (args: readonly string[]) => {
  void answer(args).then((done) => process.send?.(done));
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');

async function answer(args: readonly string[]): Promise<ShellAnswer> {
  const [stdout, stderr] = [captured(process.stdout), captured(process.stderr)];
  try {
    const exitCode = await shell.run(args);
    return { exitCode, stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    stdout.end();
    stderr.end();
  }
}

function captured(stream: NodeJS.WriteStream): { text: () => string; end: () => void } {
  const pieces: string[] = [];
  stream.write = (piece: string | Uint8Array) => pieces.push(String(piece)) > 0;
  // The stream's own is its class's.
  return { text: () => pieces.join(''), end: () => void Reflect.deleteProperty(stream, 'write') };
}
