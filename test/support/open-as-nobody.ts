/** Opens a port as a user without rights: `open-as-nobody.ts URL`. Prints the fault, or `open`. */
import { openPort } from '../../native-bridge/ports/open-port.ts';
import { PortError } from '../../native-bridge/ports/port.ts';

const NOBODY = 65_534;
// Only root can become somebody else; others have no rights already.
if (process.getuid?.() === 0) {
  process.setgroups?.([]);
  process.setgid?.(NOBODY);
  process.setuid?.(NOBODY);
}
try {
  const port = await openPort(process.argv[2] ?? '', { timeoutMs: 5000 });
  await port.close();
  console.log(JSON.stringify({ code: 'open' }));
} catch (error) {
  if (!(error instanceof PortError)) throw error;
  console.log(JSON.stringify({ code: error.code, facts: error.facts }));
}
