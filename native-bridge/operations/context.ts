/** What every operation gets: the records, the open connections, the files the host registered. */
import { join } from 'node:path';
import { Connections } from '../connections/connections.ts';
import { Replays } from '../connections/replays.ts';
import { defaultLogFile, openLog, type Log } from '../records/log.ts';
import { FrameDecoder } from '../pictures/frame-decoder.ts';
import { ignoredPortSchema, type IgnoredPort } from '../contract/port-requests.ts';
import { trustedKeySchema, type TrustedKey } from '../contract/trusted-keys.ts';
import { listPorts } from '../ports/discovery.ts';
import type { ListedAhead } from '../ports/listed-ahead.ts';
import { openPort } from '../ports/open-port.ts';
import { openRecords, type Records } from '../records/records.ts';
import { Recordings } from '../sessions/recordings.ts';
import { Files } from './files.ts';
import { KeptList } from './kept-list.ts';
import { Questions } from './questions.ts';
import { Jobs } from './running-jobs.ts';
import { RunningScannerTests } from './scanner-test/running-tests.ts';
import type { TrainingHosts } from './training/training-hosts.ts';
import { Acquirers } from './training/acquirers.ts';
import { Simulators, type Runtime } from './training/simulators.ts';
import { Trainings } from './training/trainings.ts';

export interface BridgeOptions {
  /** Where cases, history, locks and the log live. */
  readonly dataFolder: string;
  /** Who this is, for the lock's holder: `app` or `cli`. */
  readonly program: 'app' | 'cli';
  /** The log's file; null: `<dataFolder>/logs/pos-bench.log`. */
  readonly logFile?: string | null;
  /** Record every session to this folder as JSONL, one file a port (secrets as dummies). */
  readonly recordTo?: string | null;
  /** Where the hosts of training profiles are (training/training-hosts.ts); none is anywhere. */
  readonly trainingHosts?: TrainingHosts;
  /** What runs the simulators; none given: what runs this program. */
  readonly runtime?: Runtime | undefined;
  /** A list of the ports that was begun before; none: they are listed when they are asked for. */
  readonly ports?: ListedAhead | undefined;
}

export interface Context {
  readonly options: BridgeOptions;
  readonly log: Log;
  readonly records: Records;
  readonly openPort: typeof openPort;
  readonly discoverPorts: () => ReturnType<typeof listPorts>;
  /**
   * The same for whoever looks for a USB device alone, time and again: the system's own list of serial
   * ports, for which Linux has to start a program, is not asked for.
   */
  readonly discoverUsb: () => ReturnType<typeof listPorts>;
  readonly ignoredPorts: KeptList<IgnoredPort>;
  readonly trustedKeys: KeptList<TrustedKey>;
  readonly connections: Connections;
  /** Recordings that stand in for terminals. */
  readonly replays: Replays;
  /** null: nothing is recorded. */
  readonly recordings: Recordings | null;
  readonly files: Files;
  readonly simulators: Simulators;
  readonly trainings: Trainings;
  readonly acquirers: Acquirers;
  readonly jobs: Jobs;
  readonly questions: Questions;
  readonly scannerTests: RunningScannerTests;
  /** For a camera's frames. */
  readonly frames: FrameDecoder;
}

const noList = (): Promise<never> => Promise.reject(new Error('not asked for'));

/** What a host may bring along in place of the usual: ports that are in its own process, say. */
export type Parts = Pick<Context, 'records' | 'openPort' | 'discoverPorts' | 'log'>;

/** Throws RecordsError where the data folder does not serve. */
export async function openContext(
  options: BridgeOptions,
  parts: Partial<Parts> = {},
): Promise<Context> {
  const { dataFolder, program, logFile, recordTo } = options;
  const discoverPorts = parts.discoverPorts ?? options.ports?.list ?? (() => listPorts());
  const records = parts.records ?? (await openRecords({ dataFolder, program }));
  const log = parts.log ?? openLog({ file: logFile ?? defaultLogFile(dataFolder) });
  const simulators = new Simulators(options.runtime);
  return {
    options,
    records,
    log,
    openPort: parts.openPort ?? openPort,
    discoverPorts,
    discoverUsb: parts.discoverPorts ?? (() => listPorts({ listSystem: noList })),
    ignoredPorts: new KeptList(records, 'ignoredPorts', ignoredPortSchema),
    trustedKeys: new KeptList(records, 'trustedKeys', trustedKeySchema),
    connections: new Connections((error) =>
      log.error(`a watcher of the terminals failed: ${String(error)}`),
    ),
    replays: new Replays(),
    recordings: recordTo ? new Recordings(recordTo) : null,
    files: new Files(),
    simulators,
    trainings: new Trainings(simulators, join(dataFolder, 'training'), options.trainingHosts),
    acquirers: new Acquirers(simulators, join(dataFolder, 'training')),
    jobs: new Jobs(),
    questions: new Questions(),
    scannerTests: new RunningScannerTests(),
    frames: new FrameDecoder(),
  };
}

/** Ports first, so that nothing is written to a terminal any more; the records last. */
export async function closeContext(context: Context): Promise<void> {
  context.jobs.cancelAll();
  context.questions.giveUp();
  await context.connections.closeAll();
  await context.recordings?.closeAll();
  context.trainings.closeAll();
  context.acquirers.closeAll();
  context.frames.close();
  await context.records.close();
}
