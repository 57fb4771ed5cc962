/** What a port threw. */
import { PortError } from '../../native-bridge/ports/port.ts';

/** The PortError that `work` rejects with; throws where it does not. */
export async function portFault(work: Promise<unknown>): Promise<PortError> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof PortError) return error;
  throw new Error('no PortError', { cause: error });
}
