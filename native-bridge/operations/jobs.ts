/** The running jobs, and following one of them again. */
import type { Params, Result } from '../contract/requests.ts';
import type { Context } from './context.ts';
import { channel } from './channel.ts';

export function listJobs(context: Context): Promise<Result<'listJobs'>> {
  const own = ['listJobs', 'attachJob', 'watchTerminals', 'watchConsole'];
  return Promise.resolve({ jobs: context.jobs.list().filter((job) => !own.includes(job.request)) });
}

/** Same progress, same result; cancelling this cancels the job. */
export async function* attachJob(
  context: Context,
  { jobId }: Params<'attachJob'>,
  signal: AbortSignal,
): AsyncGenerator<unknown, unknown, void> {
  const job = context.jobs.get(jobId);
  const updates = channel<unknown>();
  const unsubscribe = job.subscribe((progress) => updates.push(progress));
  const cancel = () => job.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  void job.outcome.then(updates.end, updates.end);
  try {
    yield* updates.values();
    return await job.outcome;
  } finally {
    unsubscribe();
    signal.removeEventListener('abort', cancel);
  }
}
