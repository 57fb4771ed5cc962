import { afterEach, describe, expect, it } from 'vitest';
import type { SmpMessage } from '../../../native-bridge/protocols/smp/command.ts';
import { downloadFile, uploadFile } from '../../../native-bridge/sessions/smp/files.ts';
import { measureRoundTrip } from '../../../native-bridge/sessions/smp/round-trip.ts';
import type { SmpSession } from '../../../native-bridge/sessions/smp/smp-session.ts';
import { echoing, type Script, ScriptedTerminal } from '../../support/scripted-terminal.ts';
import { sessionFault } from '../../support/session-faults.ts';

const wait = { timeoutMs: 300 };
const path = '/lfs/log.txt';
const content = Uint8Array.from({ length: 1500 }, (_, index) => index * 31);
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function connected(script: Script): Promise<SmpSession> {
  const terminal = await ScriptedTerminal.start(script);
  const session = await terminal.connect();
  open.push(session, terminal);
  return session;
}

/** One file; every `losing`-th reply is lost. Refuses a wrong offset, as Zephyr does. */
class FileBox {
  file = new Uint8Array(0);
  asked = 0;
  readonly losing: number;

  constructor(losing = 0) {
    this.losing = losing;
  }

  readonly script: Script = (request, terminal) => {
    const reply = this.#answer(request);
    if (this.losing > 0 && ++this.asked % this.losing === 0) return;
    terminal.reply(request, reply);
  };

  #answer({ header, body }: SmpMessage): Record<string, number | Uint8Array> {
    if (header.id === 1) return { len: this.file.length };
    const offset = body.get('off') as number;
    if (header.operation === 'read') {
      const data = this.file.slice(offset, offset + 200);
      return offset === 0 ? { off: offset, data, len: this.file.length } : { off: offset, data };
    }
    if (offset === 0) this.file = new Uint8Array(0);
    if (offset !== this.file.length) return { rc: 3 };
    this.file = Uint8Array.from([...this.file, ...(body.get('data') as Uint8Array)]);
    return { off: this.file.length };
  }
}

async function download(session: SmpSession, maxBytes?: number): Promise<Uint8Array> {
  const taking = downloadFile(session, path, { ...wait, maxBytes });
  for (;;) {
    const step = await taking.next();
    if (step.done) return step.value;
  }
}

async function put(session: SmpSession, bytes: Uint8Array): Promise<number[]> {
  const offsets: number[] = [];
  for await (const { offsetBytes } of uploadFile(session, path, bytes, wait)) {
    offsets.push(offsetBytes);
  }
  return offsets;
}

describe('a file', () => {
  it('goes to the device and comes back', async () => {
    const session = await connected(new FileBox().script);
    const offsets = await put(session, content);
    expect(offsets.at(-1)).toBe(content.length);
    expect(Buffer.compare(await download(session), content)).toBe(0);
  });

  it('that is empty does too', async () => {
    const session = await connected(new FileBox().script);
    expect(await put(session, new Uint8Array(0))).toEqual([0]);
    expect(await download(session)).toHaveLength(0);
  });

  it('arrives once although replies are lost', async () => {
    const box = new FileBox(3);
    await put(await connected(box.script), content);
    expect(Buffer.compare(box.file, content)).toBe(0);
  });

  it('that is not there says so', async () => {
    const session = await connected((request, terminal) =>
      terminal.reply(request, { err: { group: 8, rc: 3 } }),
    );
    expect(await sessionFault(download(session))).toMatchObject({
      code: 'command-refused',
      facts: { meaning: 'files/file-not-found' },
    });
  });

  it('larger than is wanted is not taken', async () => {
    const session = await connected((request, terminal) =>
      terminal.reply(request, { off: 0, data: new Uint8Array(10), len: 4_000_000_000 }),
    );
    expect(await sessionFault(download(session))).toMatchObject({
      code: 'message-too-large',
      facts: { sizeBytes: 4_000_000_000 },
    });
  });

  it.each([
    ['nothing more', { off: 0, data: new Uint8Array(0), len: 10 }],
    ['another offset', { off: 5, data: new Uint8Array(5), len: 10 }],
    ['more than there is', { off: 0, data: new Uint8Array(11), len: 10 }],
    ['no length', { off: 0, data: new Uint8Array(5) }],
  ])('of which the device gives %s is malformed', async (_what, body) => {
    const session = await connected((request, terminal) => terminal.reply(request, body));
    expect((await sessionFault(download(session))).code).toBe('reply-malformed');
  });

  it('that the device does not take stalls', async () => {
    const session = await connected((request, terminal) => terminal.reply(request, { off: 0 }));
    expect((await sessionFault(put(session, content))).code).toBe('upload-stalled');
  });
});

describe('the round trip', () => {
  it('is measured with echoes', async () => {
    const session = await connected(echoing);
    const { medianMs, lostShare } = await measureRoundTrip(session);
    expect(medianMs).toBeGreaterThan(0);
    expect(lostShare).toBe(0);
  });

  it('is measured with refusals where a boot loader has no echo', async () => {
    const session = await connected((request, terminal) => terminal.reply(request, { rc: 8 }));
    expect((await measureRoundTrip(session)).medianMs).toBeGreaterThan(0);
  });

  it('is not measured where nobody answers', async () => {
    const session = await connected(() => undefined);
    const fault = await sessionFault(measureRoundTrip(session, { timeoutMs: 50 }));
    expect(fault.code).toBe('reply-timeout');
  });
});
