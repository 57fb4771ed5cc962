/** A program of its own that holds a port: `hold-port.ts URL`. Says `open` and waits for its end. */
import { openPort } from '../../native-bridge/ports/open-port.ts';

const port = await openPort(process.argv[2] ?? '', { timeoutMs: 5000 });
process.stdout.write('open\n');
process.stdin.on('end', () => void port.close()).resume();
