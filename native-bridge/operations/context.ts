/** What every operation gets: the records, the open connections, the files the host registered. */
import { Connections } from '../connections/connections.ts';
import { openLog, type Log } from '../records/log.ts';
import { openRecords, type Records } from '../records/records.ts';
import { Files } from './files.ts';
import type { Jobs } from './jobs.ts';
import { Trainings } from './training/trainings.ts';

export interface BridgeOptions {
  /** Where cases, history, locks and the log live. */
  readonly dataFolder: string;
  /** Who this is, for the lock's holder: `app` or `cli`. */
  readonly program: 'app' | 'cli';
  /** The log's file; null: `<dataFolder>/logs/pos-bench.log`. */
  readonly logFile?: string | null;
  /** Record every session to this folder as JSONL (secrets as dummies). */
  readonly recordTo?: string | null;
}

export interface Context {
  readonly options: BridgeOptions;
  readonly log: Log;
  readonly records: Records;
  readonly connections: Connections;
  readonly files: Files;
  readonly trainings: Trainings;
  jobs: Jobs;
}

export type OpenContext = Omit<Context, 'jobs'> & { jobs: Jobs | null };
