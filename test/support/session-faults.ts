/** What a session threw. */
import { PortError } from '../../native-bridge/ports/port.ts';
import { SmpSessionError } from '../../native-bridge/sessions/smp/session-error.ts';

/** The error that `work` rejects with; throws where it does not, or with another kind. */
export async function sessionFault(work: Promise<unknown>): Promise<SmpSessionError | PortError> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof SmpSessionError || error instanceof PortError) return error;
  throw new Error('no session error', { cause: error });
}
