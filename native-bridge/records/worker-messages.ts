/** What travels between the records' worker thread and the thread that opened it. */
import type { Facts } from '../contract/common.ts';
import type { RecordsErrorCode } from './errors.ts';

export interface WorkerOptions {
  readonly dataFolder: string;
  readonly program: string;
  readonly busyTimeoutMs: number;
}

export interface WorkerRequest {
  readonly id: number;
  readonly method: string;
  readonly args: readonly unknown[];
}

export interface WorkerFailure {
  readonly code: RecordsErrorCode;
  readonly facts: Facts;
  /** Messages of the chain of causes, outermost first. */
  readonly trace: readonly string[];
}

/** `id` 0 answers the opening. */
export type WorkerReply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly failure: WorkerFailure };
