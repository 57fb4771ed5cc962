/** Where a command's input comes from and its outputs go (XCU 2.7). */
import { FileError, type Files } from '../device/files.ts';
import { Conduit, noInput, noOutput, type Input, type Io, type Output } from './io.ts';
import type { Redirect } from './syntax.ts';

export interface Directed {
  readonly io: Io;
  /** Writes what was kept for a file. */
  readonly finish: () => void;
}

/** Null: it could not be, and that was said. */
export async function direct(
  redirects: readonly Redirect[],
  io: Io,
  files: Files,
  expand: (target: Redirect['target']) => Promise<string>,
): Promise<Directed | null> {
  let directed: Directed = { io, finish: () => undefined };
  for (const { fd, operator, target } of redirects) {
    const name = await expand(target);
    try {
      if (operator === '>&') directed = { ...directed, io: duplicate(directed.io, fd, name) };
      else if (operator === '<') {
        directed = { ...directed, io: { ...directed.io, stdin: fileInput(files, name) } };
      } else directed = intoFile(directed, fd, fileOutput(files, name, operator === '>>'));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      const doing = operator === '<' ? "can't open" : "can't create";
      await io.stderr(Buffer.from(`/system/bin/sh: ${doing} ${name}: ${error.message}\n`));
      return null;
    }
  }
  return directed;
}

function duplicate(io: Io, fd: Redirect['fd'], name: string): Io {
  const other = name === '2' ? io.stderr : name === '1' ? io.stdout : noOutput;
  return fd === 2 ? { ...io, stderr: other } : { ...io, stdout: other };
}

function intoFile({ io, finish }: Directed, fd: Redirect['fd'], file: FileOutput): Directed {
  return {
    io: fd === 2 ? { ...io, stderr: file.write } : { ...io, stdout: file.write },
    finish: () => {
      finish();
      file.finish();
    },
  };
}

function fileInput(files: Files, path: string): Input {
  if (path === '/dev/null') return noInput;
  const conduit = new Conduit();
  void conduit.write(files.read(path));
  conduit.end();
  return conduit;
}

interface FileOutput {
  readonly write: Output;
  readonly finish: () => void;
}

function fileOutput(files: Files, path: string, append: boolean): FileOutput {
  if (path === '/dev/null') return { write: noOutput, finish: () => undefined };
  files.checkWritable(path);
  const pieces = append && files.stat(path) !== null ? [files.read(path)] : [];
  const write: Output = (bytes) => {
    pieces.push(bytes);
    return Promise.resolve();
  };
  return { write, finish: () => files.write(path, Buffer.concat(pieces)) };
}
