/** Training: start a simulated acquirer, switch its faults. */
import { z } from 'zod';
import { BridgeFault } from '../../contract/bridge-fault.ts';
import type { Params, Result } from '../../contract/requests.ts';
import type { Context } from '../context.ts';
import { acquirerProgram } from '../entry-points.ts';
import { LineReader, spawnSimulator } from './trainings.ts';

const listTimeoutMs = 10_000;
const faultListSchema = z.array(
  z.object({
    name: z.string(),
    simulates: z.string(),
    kind: z.enum(['service', 'account']),
    services: z.array(z.enum(['status', 'host', 'known'])),
  }),
);

export async function startAcquirer(
  context: Context,
  { faults }: Params<'startAcquirer'>,
): Promise<Result<'startAcquirer'>> {
  return await context.acquirers.start(faults);
}

export async function setAcquirerFault(
  context: Context,
  { trainingId, fault, on }: Params<'setAcquirerFault'>,
): Promise<Result<'setAcquirerFault'>> {
  return { faults: await context.acquirers.setFault(trainingId, fault, on) };
}

export async function listAcquirerFaults(): Promise<Result<'listAcquirerFaults'>> {
  const child = spawnSimulator(['--list-faults'], acquirerProgram());
  try {
    const list = faultListSchema.safeParse(await new LineReader(child).next(listTimeoutMs));
    if (!list.success) throw new BridgeFault('simulator-failed', { reason: 'no list of faults' });
    const faults = list.data.map(({ simulates, ...fault }) => ({
      ...fault,
      description: simulates,
    }));
    return { faults };
  } finally {
    child.kill();
  }
}
