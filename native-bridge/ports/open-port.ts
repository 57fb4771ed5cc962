/** Opens any port that is a stream of bytes by its address; usb-port.ts opens those of transfers. */
import { formatAddress, isNetwork, parseAddress, portName, type ReplayAddress } from './address.ts';
import { type BytePort, PortError, type Wait } from './port.ts';
import { openReplayTurns } from './replay-turns.ts';
import { openSerialPort } from './serial-port.ts';
import { openTcpPort } from './tcp-port.ts';

const DEFAULT_BAUD = 115_200;

export interface OpenOptions extends Wait {
  /** Where the address names no rate; 115200 where neither does. */
  readonly baud?: number | undefined;
  /** Modem lines right after opening; as the system leaves them where undefined. */
  readonly dtr?: boolean | undefined;
  readonly rts?: boolean | undefined;
  /** Opens a recording for who knows its protocol; undefined: it is played byte for byte. */
  readonly openReplay?: ((address: ReplayAddress) => Promise<BytePort>) | undefined;
}

/**
 * The facts of every PortError name the port as a person does (`/dev/ttyUSB0`, `127.0.0.1:7000`).
 * @throws PortError, with any code but `port-silent` and `port-write-timeout`
 */
export async function openPort(url: string, options: OpenOptions): Promise<BytePort> {
  const address = parseAddress(url);
  if (isNetwork(address)) return openTcpPort(address, options);
  if (address.kind === 'replay') return (options.openReplay ?? openReplayTurns)(address);
  // A USB device is spoken to in transfers, by who knows which of its interfaces.
  if (address.kind === 'usb') {
    throw new PortError('port-address-invalid', { port: portName(address) });
  }
  const baud = address.baud ?? options.baud ?? DEFAULT_BAUD;
  const { dtr, rts } = options;
  return openSerialPort(
    { url: formatAddress(address), path: address.path, baud, dtr, rts },
    options,
  );
}
