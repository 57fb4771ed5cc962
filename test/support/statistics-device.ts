/** A device with the statistics a test gives it, and nothing else: everything else it refuses. */
import { onTestFinished } from 'vitest';
import { exchanges } from '../simulators/recordings.ts';
import { encode } from 'cbor2';
import { encodeSerial } from '../../native-bridge/protocols/smp/serial-framing.ts';
import type { SmpMessage } from '../../native-bridge/protocols/smp/command.ts';
import { replyPacket, ScriptedTerminal, type Script } from './scripted-terminal.ts';

type Fields = Readonly<Record<string, unknown>>;
/** What a group's request is answered with; null: nothing. */
type GroupReply = (name: string, terminal: ScriptedTerminal) => Fields | null;

const notSupported = { rc: 8 };
const tooNew = { rc: 13 };

/** Its script: `names` as its list of groups, `groupReply` as what each has. */
export function statisticsScript(names: readonly string[], groupReply: GroupReply): Script {
  return (request, terminal) => {
    const { group, id } = request.header;
    const name = request.body.get('name');
    let reply: Fields | null = notSupported;
    if (group === 2 && id === 1) reply = { rc: 0, stat_list: names };
    else if (group === 2 && typeof name === 'string') reply = groupReply(name, terminal);
    if (reply !== null) answer(terminal, request, reply);
  };
}

/** Closed when the test ends. */
export async function startDevice(script: Script): Promise<ScriptedTerminal> {
  const terminal = await ScriptedTerminal.start(script);
  onTestFinished(() => terminal.close());
  return terminal;
}

/**
 * The recorded Zephyr 3.5 server's statistics, live. A group that the recording did not ask for is
 * refused as the one that it has not: in version 2 under the basic group's number, in version 1
 * with the header before, sequence number and all, and no body.
 */
export function recordedStatistics(version: 1 | 2): Script {
  const recorded = exchanges('zephyr-3.5-groups.jsonl').filter(
    ({ request: { group, op } }) => group === 2 && op >> 3 === version - 1,
  );
  let before: Uint8Array | null = null;
  return (request, terminal) => {
    const { header, body } = request;
    if (header.version > version || header.group !== 2) {
      answer(terminal, request, header.version > version ? tooNew : notSupported);
      return;
    }
    const same = recorded.find(
      (each) =>
        each.request.command === header.id && each.request.body['name'] === body.get('name'),
    );
    const reply = same?.reply ?? recorded.at(-1)?.reply;
    if (reply === undefined || Buffer.isBuffer(reply)) {
      if (before !== null) terminal.send(encodeSerial(before.subarray(0, 8)));
      return;
    }
    before = replyPacket(request, encode(reply.body));
    terminal.send(encodeSerial(before));
  };
}

/** MCUboot's serial recovery, built without an upload; no image is left to boot. */
export const bootLoaderWithoutUpload: Script = (request, terminal) => {
  const { group, id } = request.header;
  if (group === 0 && id === 0) answer(terminal, request, { r: request.body.get('d') });
  else answer(terminal, request, group === 1 && id === 0 ? { images: [] } : notSupported);
};

function answer(terminal: ScriptedTerminal, request: SmpMessage, fields: Fields): void {
  terminal.send(encodeSerial(replyPacket(request, encode(fields))));
}
