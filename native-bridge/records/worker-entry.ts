/** Where the worker's file is: beside this one in the source, beside the bundle in what ships. */
export function workerEntry(from: string = import.meta.url): URL {
  const name = from.endsWith('.ts') ? './worker.ts' : './records-worker.js';
  return new URL(name, from);
}
