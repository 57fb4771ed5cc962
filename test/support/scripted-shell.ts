/** A daemon whose shell answers each script as the test says (`shell,v2`). */
import { nameOf, openDaemon, type ScriptedAdbd } from './scripted-adbd.ts';

export interface ShellAnswer {
  readonly output: string;
  readonly exitCode: number;
}

const service = 'shell,v2,raw:';
const stdout = 1;
const exit = 3;

export function daemonWithShell(
  answer: (script: string) => ShellAnswer,
  maxPayloadBytes?: number,
): ScriptedAdbd {
  let streams = 0;
  return openDaemon(
    (packet, daemon) => {
      const name = nameOf(packet.command);
      if (name === 'write') daemon.send('okay', packet.arg1, packet.arg0);
      if (name !== 'open' || !packet.text.startsWith(service)) return;
      streams += 1;
      const { output, exitCode } = answer(packet.text.slice(service.length));
      daemon.send('okay', streams, packet.arg0);
      const pieces = [piece(stdout, Buffer.from(output)), piece(exit, Buffer.from([exitCode]))];
      daemon.send('write', streams, packet.arg0, Buffer.concat(pieces));
      daemon.send('close', streams, packet.arg0);
    },
    undefined,
    maxPayloadBytes,
  );
}

function piece(kind: number, data: Buffer): Buffer {
  const header = Buffer.alloc(5);
  header.writeUInt8(kind, 0);
  header.writeUInt32LE(data.length, 1);
  return Buffer.concat([header, data]);
}
