/** A bridge of its own for a test, with a data folder of its own and simulated terminals. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createBridge, type Bridge } from '../../native-bridge/bridge.ts';
import type { TrainingModel, TrainingUplink } from '../../native-bridge/contract/training.ts';
import type { Terminal } from '../../native-bridge/contract/terminal.ts';
import { trainingFirmware } from '../../native-bridge/operations/entry-points.ts';

export interface Bench {
  readonly bridge: Bridge;
  readonly dataFolder: string;
}

export async function openBench(recordTo: string | null = null): Promise<Bench> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'pos-bench-test-'));
  const bridge = await createBridge({ dataFolder, program: 'cli', recordTo });
  onTestFinished(async () => {
    await bridge.close();
    await rm(dataFolder, { recursive: true, force: true });
  });
  return { bridge, dataFolder };
}

/** A bridge on a data folder that is somebody else's to remove. */
export async function bridgeIn(dataFolder: string): Promise<Bridge> {
  const bridge = await createBridge({ dataFolder, program: 'cli' });
  onTestFinished(() => bridge.close());
  return bridge;
}

export interface Box {
  readonly terminal: Terminal;
  readonly trainingId: string;
  readonly portUrl: string;
}

/** A simulated terminal, connected. Unpaced unless a rate is given. */
export async function connectBox(
  { bridge }: Bench,
  options: {
    model?: TrainingModel;
    faults?: string[];
    uplink?: TrainingUplink;
    transport?: 'tcp' | 'pty';
    baud?: number;
    updateDue?: boolean;
  } = {},
): Promise<Box> {
  const { model = 'codebox', faults = [], uplink = 'wifi', transport = 'tcp' } = options;
  const { baud = 0, updateDue = true } = options;
  const training = await bridge.request('startTraining', {
    model,
    faults,
    uplink,
    transport,
    baud,
    updateDue,
  });
  const terminal = await bridge.request('connect', { portUrl: training.portUrl });
  return { terminal, ...training };
}

/** The update that the training box is due: 2.0.0, signed. */
export async function updateFile({ bridge }: Bench, name = 'codebox-2.0.0.bin'): Promise<string> {
  return (await bridge.registerFile(trainingFirmware(name))).fileId;
}
