/** Both lines over TCP. */
import { talkFastboot } from '../fastboot/tcp.ts';
import type { Lines } from '../lines.ts';
import type { Options } from '../options.ts';
import { Listener } from './listener.ts';

export function tcpLines({ host, port, fastbootPort }: Options): Lines {
  return {
    adb: (accept) => new Listener(host, port, false, accept),
    fastboot: (fastbootHost) =>
      new Listener(host, fastbootPort, true, (pipe) => talkFastboot(pipe, fastbootHost())),
  };
}
