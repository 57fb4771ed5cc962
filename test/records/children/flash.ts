/** Flashes a terminal and tells how it ended. Arguments: data folder, program, port, image. */
import { once } from 'node:events';
import { BridgeFault } from '../../../native-bridge/contract/bridge-fault.ts';
import { createBridge } from '../../../native-bridge/bridge.ts';

const [dataFolder = '', program = '', portUrl = '', image = ''] = process.argv.slice(2);
const bridge = await createBridge({ dataFolder, program: program === 'app' ? 'app' : 'cli' });
// Both begin when both are there.
console.log(JSON.stringify({ ready: true }));
await once(process.stdin, 'data');
process.stdin.destroy();
try {
  const { fileId } = await bridge.registerFile(image);
  const { id: terminalId } = await bridge.request('connect', { portUrl });
  const plan = await bridge.request('planFlash', { terminalId, fileId });
  const acceptedSha256 = plan.image.fileSha256;
  const { verdict } = await bridge.request('flash', {
    terminalId,
    fileId,
    acceptedSha256,
    allow: plan.blockers.map(({ code }) => code),
  });
  console.log(JSON.stringify({ verdict, pid: process.pid }));
} catch (error) {
  if (!(error instanceof BridgeFault)) throw error;
  const { code, facts } = error.fault;
  console.log(JSON.stringify({ code, facts, pid: process.pid }));
} finally {
  await bridge.close();
}
