/**
 * The simulated Android terminal as a USB device: adbd's interface and fastboot's, of which the one is
 * on the bus that its mode has. `node android.js PLAN OPTIONS…`: PLAN says in JSON where the gadgets
 * are (android-plan.ts), the options are the simulator's, as are the lines on stdin and stdout.
 * Each interface waits in two threads of libuv's: UV_THREADPOOL_SIZE has to be 8 at least.
 */
import { FastbootSession } from '../../../native-bridge/simulators/android/fastboot/session.ts';
import type { FastbootHost } from '../../../native-bridge/simulators/android/fastboot/session.ts';
import type { Pipe } from '../../../native-bridge/simulators/android/adb/pipe.ts';
import type { Mode, Talk } from '../../../native-bridge/simulators/android/lines.ts';
import { parseOptions } from '../../../native-bridge/simulators/android/options.ts';
import { say, serve } from '../../../native-bridge/simulators/android/serve.ts';
import { Simulator } from '../../../native-bridge/simulators/android/simulator.ts';
import { productIds, type AndroidPlan } from './android-plan.ts';
import { openFunctionFs } from './function-fs.ts';
import { UsbLine, type UsbTalk } from './usb-line.ts';

const pieceBytes = 64 * 1024;
const packetBytes = 512;

const [plan = '', ...args] = process.argv.slice(2);
const { controller, adb, fastboot, productIdAfterwards } = JSON.parse(plan) as AndroidPlan;
const options = parseOptions(args);
const numbers = { classCode: 255, subclass: 66 };
const adbd = await openFunctionFs({
  folder: adb.folder,
  numbers: { ...numbers, protocol: 1 },
  label: 'ADB Interface',
});
const bootLoader = await openFunctionFs({
  folder: fastboot.folder,
  numbers: { ...numbers, protocol: 3 },
  label: 'fastboot',
});
let wasServed = false;
const productId = (mode: Mode): string => {
  wasServed ||= mode === 'sideload';
  if (mode === 'system' && wasServed && productIdAfterwards !== null) return productIdAfterwards;
  return productIds[mode] ?? productIds.system;
};
const lines = {
  adb: (accept: (pipe: Pipe) => Talk) =>
    new UsbLine(adbd, { gadget: adb.gadget, controller, productId }, (pipe) =>
      onTransfers(accept(pipe)),
    ),
  fastboot: (host: () => FastbootHost) =>
    new UsbLine(bootLoader, { gadget: fastboot.gadget, controller, productId }, (pipe) =>
      talkFastboot(pipe, host()),
    ),
};
await serve(new Simulator(options, lines, say));

/** An ADB host ends with an empty packet what fills its last one. */
function onTransfers(talk: Talk): UsbTalk {
  return {
    wantsBytes: pieceBytes,
    receive: (bytes) => talk.receive(bytes),
    close: () => talk.close(),
  };
}

/**
 * A transfer is a command, or a piece of the download that was announced (AOSP, fastboot/README.md,
 * "Transport and Framing"). A download may end with a full packet: no more than it is waited for.
 */
function talkFastboot(pipe: Pipe, host: FastbootHost): UsbTalk {
  const session = new FastbootSession(host, {
    send: (message) => void pipe.send(message),
    cut: () => pipe.close(),
  });
  return {
    get wantsBytes() {
      const wanted = session.wantsBytes ? session.missingBytes : FastbootSession.maxCommandBytes;
      return Math.min(pieceBytes, Math.ceil(wanted / packetBytes) * packetBytes);
    },
    receive(bytes) {
      if (bytes.length === 0) return;
      if (session.wantsBytes) session.data(Buffer.from(bytes));
      else session.command(Buffer.from(bytes).toString('latin1'));
    },
    close: () => undefined,
  };
}
