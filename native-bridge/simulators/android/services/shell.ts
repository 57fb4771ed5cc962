/**
 * `shell:` and `exec:` (adb/SERVICES.TXT; packets of `shell,v2`: adb/shell_protocol.h). Without a
 * command a shell reads its script from the host, line by line. On a pseudo terminal lines end in
 * CR LF and what is typed is echoed.
 */
import { ShellPackets, encodeShellPacket } from './shell-packets.ts';
import { StreamClosed, type Stream } from '../adb/stream.ts';
import { lookup } from '../commands/registry.ts';
import type { Device } from '../device/device.ts';
import { BrokenPipe, Conduit, Interrupted, type Input, type Io, type Output } from '../shell/io.ts';
import { Shell } from '../shell/shell.ts';
import { ShellSyntaxError, UnfinishedScript } from '../shell/source.ts';

export interface ShellRequest {
  readonly packets: boolean;
  readonly terminal: boolean;
  readonly command: string;
}

/** `shell[,v2][,TERM=…][,pty|raw]:COMMAND` or `exec:COMMAND`; null: another service. */
export function parseShellService(service: string): ShellRequest | null {
  if (service.startsWith('exec:')) {
    return { packets: false, terminal: false, command: service.slice(5) };
  }
  const match = /^shell(?<options>(?:,[^:]*)?):(?<command>[^]*)$/.exec(service);
  if (match === null) return null;
  const options = (match.groups?.['options'] ?? '').split(',');
  const command = match.groups?.['command'] ?? '';
  const terminal = options.includes('pty') || (command === '' && !options.includes('raw'));
  return { packets: options.includes('v2'), terminal, command };
}

export async function serveShell(
  stream: Stream,
  request: ShellRequest,
  device: Device,
): Promise<void> {
  const shell = new Shell(device, lookup);
  const ends = request.packets ? packetEnds(stream) : rawEnds(stream);
  const stdout = withLineEnds(
    ends.stdout,
    request.terminal || device.faults.has('shell-windows-lines'),
  );
  const io: Io = { stdin: ends.stdin, stdout, stderr: request.terminal ? stdout : ends.stderr };
  try {
    const status =
      request.command === ''
        ? await interact(shell, io, stream.signal, request.terminal ? device : null)
        : await shell.runScript(request.command, io, stream.signal);
    await ends.exit(status);
  } catch (error) {
    const expected = [StreamClosed, Interrupted, BrokenPipe].some((kind) => error instanceof kind);
    if (!expected) throw error;
  } finally {
    stream.close();
  }
}

interface Ends extends Io {
  exit(status: number): Promise<void>;
}

function rawEnds(stream: Stream): Ends {
  const write: Output = (bytes) => stream.write(bytes);
  const exit = (): Promise<void> => Promise.resolve();
  return { stdin: stream, stdout: write, stderr: write, exit };
}

function packetEnds(stream: Stream): Ends {
  const stdin = new Conduit();
  void pump(stream, stdin);
  const send = (id: 'stdout' | 'stderr' | 'exit', bytes: Uint8Array): Promise<void> =>
    stream.write(encodeShellPacket(id, bytes));
  return {
    stdin,
    stdout: (bytes) => send('stdout', bytes),
    stderr: (bytes) => send('stderr', bytes),
    exit: (status) => send('exit', Uint8Array.of(status & 0xff)),
  };
}

async function pump(stream: Stream, stdin: Conduit): Promise<void> {
  const packets = new ShellPackets();
  for (let bytes = await stream.read(); bytes !== null; bytes = await stream.read()) {
    for (const { id, payload } of packets.push(bytes)) {
      if (id === 'stdin') await stdin.write(payload);
      else if (id === 'close-stdin') stdin.end();
    }
  }
  stdin.end();
}

function withLineEnds(output: Output, windows: boolean): Output {
  if (!windows) return output;
  return (bytes) =>
    output(Buffer.from(Buffer.from(bytes).toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1'));
}

/** On a terminal with a prompt and an echo; from a pipe without. */
async function interact(
  shell: Shell,
  io: Io,
  signal: AbortSignal,
  terminal: Device | null,
): Promise<number> {
  const prompt = terminal === null ? '' : `${terminal.model.device}:/ $ `;
  const say = (text: string): Promise<void> => io.stdout(Buffer.from(text));
  if (prompt !== '') await say(prompt);
  let pending = '';
  for await (const line of linesOf(io.stdin, terminal === null ? null : say)) {
    pending += line;
    try {
      const status = await shell.runLines(pending, io, signal);
      if (status === null) return shell.status;
      pending = '';
    } catch (error) {
      if (error instanceof UnfinishedScript) continue;
      if (!(error instanceof ShellSyntaxError)) throw error;
      await io.stderr(Buffer.from(`/system/bin/sh: syntax error: ${error.message}\n`));
      pending = '';
    }
    if (prompt !== '') await say(prompt);
  }
  if (pending.trim() !== '') return await shell.runScript(pending, io, signal);
  return shell.status;
}

async function* linesOf(input: Input, echo: ((text: string) => Promise<void>) | null) {
  let held = '';
  const decoder = new TextDecoder();
  for (let bytes = await input.read(); bytes !== null; bytes = await input.read()) {
    const typed = decoder.decode(bytes, { stream: true });
    const text = echo === null ? typed : typed.replace(/\r\n?/g, '\n');
    if (echo !== null) await echo(text);
    // Control and D on a terminal: the end.
    const end = echo === null ? -1 : text.indexOf('\u0004');
    held += end < 0 ? text : text.slice(0, end);
    for (let at = held.indexOf('\n'); at >= 0; at = held.indexOf('\n')) {
      yield held.slice(0, at + 1);
      held = held.slice(at + 1);
    }
    if (end >= 0) return;
  }
  if (held !== '') yield held;
}
