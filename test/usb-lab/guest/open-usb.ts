/** Opens the echo device and says how that went, as one JSON line: for a process of another user. */
import { PortError } from '../../../native-bridge/ports/port.ts';
import { adbInterface } from '../../../native-bridge/ports/usb-interfaces.ts';
import { openUsbPort } from '../../../native-bridge/ports/usb-port.ts';
import { echoAddress, waitMs } from './echo-device.ts';

try {
  const port = await openUsbPort(echoAddress, { match: adbInterface, timeoutMs: waitMs });
  console.log(JSON.stringify({ code: 'open' }));
  await port.close();
} catch (error) {
  const { code, facts } = error instanceof PortError ? error : { code: String(error), facts: {} };
  console.log(JSON.stringify({ code, facts }));
}
process.exit(0);
