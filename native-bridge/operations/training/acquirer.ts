/** Training: start a simulated acquirer, switch its faults. */
import { z } from 'zod';
import type { Params, Result } from '../../contract/requests.ts';
import type { Context } from '../context.ts';
import { acquirerProgram } from '../entry-points.ts';
import { playedBy } from './training-hosts.ts';

const faultListSchema = z.array(
  z.object({
    name: z.string(),
    simulates: z.string(),
    kind: z.enum(['service', 'account']),
    services: z.array(z.enum(['status', 'host', 'known'])),
  }),
);

/** Diagnoses of training terminals ask it from now on: the newest plays the training hosts. */
export async function startAcquirer(
  context: Context,
  { faults }: Params<'startAcquirer'>,
): Promise<Result<'startAcquirer'>> {
  const started = await context.acquirers.start(faults);
  for (const [name, host] of playedBy(started)) context.trainings.hosts.set(name, host);
  return started;
}

export async function setAcquirerFault(
  context: Context,
  { trainingId, fault, on }: Params<'setAcquirerFault'>,
): Promise<Result<'setAcquirerFault'>> {
  return { faults: await context.acquirers.setFault(trainingId, fault, on) };
}

export async function listAcquirerFaults({
  simulators,
}: Context): Promise<Result<'listAcquirerFaults'>> {
  const program = acquirerProgram(simulators.programsFolder);
  const list = await simulators.faultsOf(program, faultListSchema);
  return { faults: list.map(({ simulates, ...fault }) => ({ ...fault, description: simulates })) };
}
