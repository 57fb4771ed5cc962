/** Training: start a simulated terminal, switch its faults. */
import { z } from 'zod';
import { BridgeFault } from '../../contract/bridge-fault.ts';
import type { Params, Result } from '../../contract/requests.ts';
import { trainingModelSchema } from '../../contract/training.ts';
import type { Context } from '../context.ts';
import { trainingFirmware, trainingMerchant } from '../entry-points.ts';
import { LineReader, spawnSimulator } from './trainings.ts';

const listTimeoutMs = 10_000;
const faultListSchema = z.array(
  z.object({
    name: z.string(),
    simulates: z.string(),
    kind: z.enum(['terminal', 'line']),
    clearedBy: z.enum(['setting', 'firmware', 'control']),
    models: z.array(trainingModelSchema),
  }),
);

/** It starts with the older firmware, so that there is something to flash. */
export async function startTraining(
  context: Context,
  { model, faults, uplink, transport, baud, updateDue }: Params<'startTraining'>,
): Promise<Result<'startTraining'>> {
  const where = transport === 'pty' ? ['--pty'] : ['--tcp', '127.0.0.1:0'];
  const image = trainingFirmware(updateDue ? 'codebox-1.9.9-older.bin' : 'codebox-2.0.0.bin');
  const key = trainingFirmware('training-key.pub.pem');
  const line = [...where, '--baud', String(baud)];
  const args = ['--model', model, '--uplink', uplink, ...line, '--firmware', image, '--key', key];
  return await context.trainings.start(args, faults, trainingMerchant(model, uplink));
}

export async function setTrainingFault(
  context: Context,
  { trainingId, fault, on }: Params<'setTrainingFault'>,
): Promise<Result<'setTrainingFault'>> {
  return { faults: await context.trainings.setFault(trainingId, fault, on) };
}

export async function setTrainingCable(
  context: Context,
  { trainingId, plugged }: Params<'setTrainingCable'>,
): Promise<Result<'setTrainingCable'>> {
  await context.trainings.setCable(trainingId, plugged);
  return {};
}

export async function presentTrainingCode(
  context: Context,
  { portUrl, code }: Params<'presentTrainingCode'>,
): Promise<Result<'presentTrainingCode'>> {
  return { decodeMs: await context.trainings.present(portUrl, code) };
}

export async function listTrainingFaults(): Promise<Result<'listTrainingFaults'>> {
  const child = spawnSimulator(['--list-faults']);
  try {
    const list = faultListSchema.safeParse(await new LineReader(child).next(listTimeoutMs));
    if (!list.success) throw new BridgeFault('simulator-failed', { reason: 'no list of faults' });
    return {
      faults: list.data.map(({ simulates, ...fault }) => ({ ...fault, description: simulates })),
    };
  } finally {
    child.kill();
  }
}
