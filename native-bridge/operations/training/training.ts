/** Training: start a simulated terminal, switch its faults. */
import { z } from 'zod';
import { BridgeFault } from '../../contract/bridge-fault.ts';
import type { Params, Result } from '../../contract/requests.ts';
import {
  trainingFaultEndSchema,
  trainingFaultKindSchema,
  trainingModelSchema,
} from '../../contract/training.ts';
import type { Context } from '../context.ts';
import {
  androidSimulatorProgram,
  simulatorProgram,
  trainingFirmware,
  trainingMerchant,
} from '../entry-points.ts';
import type { Simulated } from './trainings.ts';

const faultListSchema = z.array(
  z.object({
    name: z.string(),
    simulates: z.string(),
    kind: trainingFaultKindSchema,
    clearedBy: trainingFaultEndSchema,
    models: z.array(trainingModelSchema),
  }),
);

/** Time for whoever watches to see that the terminal asks, before it is tapped by itself. */
const tapAfterMs = 1_200;

export async function startTraining(
  context: Context,
  params: Params<'startTraining'>,
): Promise<Result<'startTraining'>> {
  const { model, faults, uplink } = params;
  const merchantFile = trainingMerchant(model, uplink);
  const { trainingId, portUrl, appFiles } = await context.trainings.start(
    simulated(context, params),
    faults,
    merchantFile,
  );
  return { trainingId, portUrl, merchantFile, appFiles };
}

function simulated({ simulators }: Context, params: Params<'startTraining'>): Simulated {
  const { model } = params;
  const { programsFolder } = simulators;
  if (model === 'codebox' || model === 'counter') return onSerialLine(params, programsFolder);
  return withAndroid(params, model, programsFolder);
}

/** It starts with the older firmware, so that there is something to flash. */
function onSerialLine(params: Params<'startTraining'>, folder: string | undefined): Simulated {
  const { model, uplink, transport, baud, updateDue } = params;
  const where = transport === 'pty' ? ['--pty'] : ['--tcp', '127.0.0.1:0'];
  const version = updateDue ? 'codebox-1.9.9-older.bin' : 'codebox-2.0.0.bin';
  const image = trainingFirmware(version, folder);
  const key = trainingFirmware('training-key.pub.pem', folder);
  const line = [...where, '--baud', String(baud)];
  const args = ['--model', model, '--uplink', uplink, ...line, '--firmware', image, '--key', key];
  const imageFiles = updateDue ? [trainingFirmware('codebox-2.0.0.bin', folder)] : [];
  return { model, program: simulatorProgram(folder), args, hasApps: false, imageFiles };
}

/** It does not know this computer, asks on its screen as a real one does, and somebody taps. */
function withAndroid(
  { uplink, transport }: Params<'startTraining'>,
  model: 'at-700' | 'at-900',
  folder: string | undefined,
): Simulated {
  if (uplink !== 'wifi' || transport !== 'tcp') {
    throw new BridgeFault('simulator-failed', { reason: `${model}: Wi-Fi and TCP only` });
  }
  const args = ['--model', model, '--port', '0', '--accept-after-ms', String(tapAfterMs)];
  return { model, program: androidSimulatorProgram(folder), args, hasApps: true, imageFiles: [] };
}

export function listTrainings({ trainings }: Context): Promise<Result<'listTrainings'>> {
  return Promise.resolve({ trainings: trainings.list() });
}

export async function listTrainingApps(
  { trainings, files }: Context,
  { portUrl }: Params<'listTrainingApps'>,
): Promise<Result<'listTrainingApps'>> {
  const registered = trainings
    .appFilesOf(portUrl)
    .map(async ({ kind, path }) => ({ kind, ...(await files.register(path)) }));
  return { apps: await Promise.all(registered) };
}

export async function listTrainingImages(
  { trainings, files }: Context,
  { portUrl }: Params<'listTrainingImages'>,
): Promise<Result<'listTrainingImages'>> {
  const paths = trainings.imageFilesOf(portUrl);
  return { images: await Promise.all(paths.map((path) => files.register(path))) };
}

export async function stopTraining(
  { trainings }: Context,
  { trainingId }: Params<'stopTraining'>,
): Promise<Result<'stopTraining'>> {
  await trainings.stop(trainingId);
  return {};
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

type Listed = z.infer<typeof faultListSchema>[number];

export async function listTrainingFaults({
  simulators,
}: Context): Promise<Result<'listTrainingFaults'>> {
  const { programsFolder } = simulators;
  const programs = [simulatorProgram(programsFolder), androidSimulatorProgram(programsFolder)];
  const lists = await Promise.all(
    programs.map((program) => simulators.faultsOf(program, faultListSchema)),
  );
  const all = merged(lists.flat());
  return { faults: all.map(({ simulates, ...fault }) => ({ ...fault, description: simulates })) };
}

/** A fault that both programs have is one fault of all their models. */
function merged(listed: readonly Listed[]): Listed[] {
  const all = new Map<string, Listed>();
  for (const fault of listed) {
    const known = all.get(fault.name);
    const models = [...(known?.models ?? []), ...fault.models];
    all.set(fault.name, { ...(known ?? fault), models });
  }
  return [...all.values()];
}
