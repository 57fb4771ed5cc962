/** A daemon whose shell prints what it is told to, and then ends without an exit code or says no more. */
import { nameOf, openDaemon, type ScriptedAdbd } from './scripted-adbd.ts';

const OUTPUT = 1;
const STREAM = 7;

/** `print` gets the script. */
export function cutOffShell(
  print: (script: string) => string,
  ends: 'closed' | 'silent',
): ScriptedAdbd {
  return openDaemon(({ command, arg0, text }, daemon) => {
    const name = nameOf(command);
    if (name === 'write') daemon.send('okay', STREAM, arg0);
    if (name !== 'open') return;
    daemon.send('okay', STREAM, arg0);
    daemon.send('write', STREAM, arg0, piece(print(text.slice(text.indexOf(':') + 1))));
    if (ends === 'closed') daemon.send('close', STREAM, arg0);
  });
}

function piece(text: string): Uint8Array {
  const header = Buffer.alloc(5);
  header.writeUInt8(OUTPUT, 0);
  header.writeUInt32LE(Buffer.byteLength(text), 1);
  return Buffer.concat([header, Buffer.from(text)]);
}
