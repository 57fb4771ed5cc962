/**
 * An echo as a USB device: each transfer comes back as one transfer, with the same borders.
 * `node echo.js FOLDER CLASS SUBCLASS PROTOCOL`, FOLDER being where FunctionFS is mounted.
 */
import { echoRequests, pattern } from './echo-requests.ts';
import { openFunctionFs, type SetupRequest } from './function-fs.ts';

const chunkBytes = 64 * 1024;
const empty = new Uint8Array(0);
const modes = { deaf: 0, echo: 1, silent: 2 } as const;

const [folder = '', ...numbers] = process.argv.slice(2);
const [classCode = 255, subclass = 66, protocol = 1] = numbers.map(Number);
let mode: number = modes.echo;
let wake: () => void = () => undefined;
let lastBytes = 0;
let transfers = 0;
/** How often it was plugged in: a transfer that a pulled cable cut short does not go on with the next one. */
let plugs = 0;

const device = await openFunctionFs({
  folder,
  numbers: { classCode, subclass, protocol },
  label: 'Echo',
  onPower: (powered) => {
    if (!powered) return;
    plugs++;
    setMode(modes.echo);
  },
  onSetup,
});
process.stdin.on('end', () => process.exit(0)).resume();

for (;;) {
  try {
    const bytes = await transfer();
    lastBytes = bytes.length;
    transfers++;
    if (mode === modes.echo) await device.send(bytes, { zeroLengthPacket: true });
  } catch (error) {
    // The cable went: the next read waits for it.
    if ((error as NodeJS.ErrnoException).code !== 'ESHUTDOWN') throw error;
  }
}

/** Until a short packet. */
async function transfer(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for (;;) {
    const plugsBefore = plugs;
    while (mode === modes.deaf) await new Promise<void>((resolve) => (wake = resolve));
    if (plugs !== plugsBefore) chunks.length = 0;
    const chunk = await device.receive(chunkBytes);
    chunks.push(chunk);
    if (chunk.length < chunkBytes) return Buffer.concat(chunks);
  }
}

function setMode(next: number): void {
  mode = next;
  wake();
}

async function onSetup({ request, value, toHost }: SetupRequest): Promise<Uint8Array | null> {
  if (toHost !== (request === echoRequests.seen)) return null;
  switch (request) {
    case echoRequests.mode:
      setMode(value);
      return empty;
    case echoRequests.send:
      device.send(pattern(value)).catch(() => undefined);
      return empty;
    case echoRequests.seen: {
      const answer = Buffer.alloc(8);
      answer.writeUInt32LE(lastBytes, 0);
      answer.writeUInt32LE(transfers, 4);
      return answer;
    }
    case echoRequests.halt:
      await device.halt(value === 1 ? 'to-host' : 'to-device');
      return empty;
    default:
      return null;
  }
}
