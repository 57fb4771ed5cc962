/**
 * Recordings in place of terminals. A replay goes on where it was when its port is opened again, as
 * a terminal does that restarted; it begins anew once it was let go.
 */
import { formatAddress, portName, type ReplayAddress } from '../ports/address.ts';
import type { BytePort } from '../ports/port.ts';
import { readRecording } from '../ports/recording-file.ts';
import { ReplayPort, type ReplayScript } from '../ports/replay-port.ts';
import { ReplayTurns } from '../ports/replay-turns.ts';
import { smpScripts } from '../sessions/smp/replay-script.ts';

interface Replay {
  /** One for each opening that was recorded; the last serves all later ones. */
  readonly openings: readonly { readonly script: ReplayScript; readonly baud: number | null }[];
  opened: number;
}

export class Replays {
  readonly #byUrl = new Map<string, Replay>();

  /** @throws PortError as readRecording */
  async open(address: ReplayAddress): Promise<BytePort> {
    const url = formatAddress(address);
    const name = portName(address);
    const replay = this.#byUrl.get(url) ?? (await load(address.path));
    this.#byUrl.set(url, replay);
    const opening = replay.openings[Math.min(replay.opened, replay.openings.length - 1)];
    if (!opening) throw new RangeError('a recording without an opening');
    replay.opened++;
    const { script, baud } = opening;
    return new ReplayPort(script, { url, name, baud, pace: address.pace });
  }

  /** From the beginning, the next time. */
  letGo(url: string): void {
    this.#byUrl.delete(url);
  }
}

async function load(path: string): Promise<Replay> {
  const openings = await readRecording(path);
  const scripts = smpScripts(openings, path) ?? [];
  return {
    openings: openings.map(({ baud, talk }, index) => ({
      baud,
      script: scripts[index] ?? new ReplayTurns(talk, path),
    })),
    opened: 0,
  };
}
