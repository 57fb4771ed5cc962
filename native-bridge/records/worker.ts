/**
 * The records' worker thread: SQLite's calls block, so none of them runs where device bytes are
 * waited for. Requests are answered in order; the thread ends itself after `close`.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { RecordsError } from './errors.ts';
import { openWorker } from './worker-methods.ts';
import type {
  WorkerFailure,
  WorkerOptions,
  WorkerReply,
  WorkerRequest,
} from './worker-messages.ts';

type AnyMethod = (...args: readonly unknown[]) => Promise<unknown>;

function start(options: WorkerOptions): void {
  const port = parentPort;
  if (port === null) throw new Error('records worker started outside a worker thread');
  const reply = (message: WorkerReply) => port.postMessage(message);
  let worker: ReturnType<typeof openWorker>;
  try {
    worker = openWorker(options);
  } catch (error) {
    reply({ id: 0, ok: false, failure: toFailure(error) });
    return;
  }
  // The client's methods are typed by WorkerMethods; over the thread's wall they are names.
  const methods = new Map(Object.entries(worker.methods) as unknown as [string, AnyMethod][]);
  const run = async ({ id, method, args }: WorkerRequest): Promise<void> => {
    try {
      const value = await methods.get(method)?.(...args);
      reply({ id, ok: true, value });
    } catch (error) {
      reply({ id, ok: false, failure: toFailure(worker.toError(error)) });
    }
    if (method === 'close') port.close();
  };
  let queue = Promise.resolve();
  port.on('message', (request: WorkerRequest) => {
    queue = queue.then(() => run(request));
  });
  reply({ id: 0, ok: true, value: null });
}

function toFailure(error: unknown): WorkerFailure {
  const trace: string[] = [];
  for (let at = error; at instanceof Error && trace.length < 8; at = at.cause) {
    trace.push(at.message);
  }
  return error instanceof RecordsError
    ? { code: error.code, facts: error.facts, trace }
    : { code: 'internal', facts: { detail: String(error) }, trace };
}

start(workerData as WorkerOptions);
