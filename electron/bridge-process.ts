/**
 * The bridge's process (Electron's utilityProcess): a crashing native add-on or a jammed driver
 * takes this process with it, never the window. Main sends ports and files; device bytes stay here.
 * A bridge that could not be opened (its data folder can't be written, its records are newer) is
 * tried again with the next request, and every request until then says why. It is opened at once: the
 * window asks as soon as it is there. That nothing is attached it is told before that.
 */
import { join } from 'node:path';
import type { MessagePortMain } from 'electron';
import {
  createBridge,
  listedAhead,
  type Bridge,
  type BridgeOptions,
} from '../native-bridge/bridge.ts';
import { faultOf } from '../native-bridge/contract/bridge-fault.ts';
import { serve, type Endpoint, type FirstList } from '../native-bridge/serve.ts';
import { toProcessSchema, type FromProcess, type ToProcess } from './bridge-messages.ts';

const [dataFolder, shellFolder] = process.argv.slice(2);
if (dataFolder === undefined || shellFolder === undefined) {
  throw new Error('the data folder is the first argument, the shell’s the second');
}

const ports = listedAhead();
/** Which of the ports are to be left alone, the records know; of none nothing has to be known. */
const firstList: FirstList = async () => {
  const first = await ports.first.catch(() => null);
  if (first === null || first.ports.length > 0 || opened) return null;
  return { ports: { ports: [], listedBy: first.listedBy }, terminals: [] };
};

let opening: Promise<Bridge> | null = null;
let opened = false;

function bridge(): Promise<Bridge> {
  opening ??= open().catch((error: unknown) => {
    opening = null;
    throw error;
  });
  return opening;
}

async function open(): Promise<Bridge> {
  const runtime = shellRuntime(shellFolder ?? '');
  const program = 'app';
  const made = await createBridge({ dataFolder: dataFolder ?? '', program, runtime, ports });
  opened = true;
  made.watchChanging((busy) => tell({ type: 'busy', busy }));
  made.watchWork((work) => tell({ type: 'work', work: [...work] }));
  return made;
}

/** This program is no Node (its fuse is blown): the shell's runs what is a process of its own. */
function shellRuntime(folder: string): BridgeOptions['runtime'] {
  const node = join(folder, process.platform === 'win32' ? 'node.exe' : 'node');
  return { node, programsFolder: join(folder, 'dist', 'node') };
}

function tell(message: FromProcess): void {
  process.parentPort.postMessage(message);
}

async function take(message: ToProcess, given: readonly MessagePortMain[]): Promise<void> {
  switch (message.type) {
    case 'window':
      for (const port of given) serve(endpointOf(port), bridge, firstList);
      return;
    case 'register-file':
      try {
        const file = await (await bridge()).registerFile(message.path);
        tell({ type: 'file', id: message.id, file });
      } catch (error) {
        tell({ type: 'fault', id: message.id, fault: faultOf(error) });
      }
      return;
    case 'sign-file': {
      const { id, fileName, bytes } = message;
      try {
        const text = await (await bridge()).signFile({ fileName, bytes });
        tell({ type: 'signature', id, text });
      } catch (error) {
        tell({ type: 'fault', id, fault: faultOf(error) });
      }
      return;
    }
    case 'attach-training': {
      const made = await bridge();
      const { portUrl } = await made.request('startTraining', {});
      await made.request('connect', { portUrl });
      return;
    }
    case 'ping':
      tell({ type: 'pong' });
      return;
    case 'note':
      (await bridge()).note(message.text);
      return;
    case 'close':
      await opening?.then((made) => made.close());
      process.exit(0);
  }
}

function endpointOf(port: MessagePortMain): Endpoint {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on('message', ({ data }) => listener(data));
      port.start();
    },
    onClose: (listener) => port.on('close', listener),
  };
}

process.parentPort.on('message', ({ data, ports }) => {
  take(toProcessSchema.parse(data), ports).catch((error: unknown) => console.error(error));
});

// Whoever asks is told why not.
bridge().catch(() => undefined);
