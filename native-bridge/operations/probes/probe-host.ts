/** A host asked from this computer, each step as it ends. */
import { X509Certificate } from 'node:crypto';
import { open } from 'node:fs/promises';
import { BridgeFault } from '../../contract/bridge-fault.ts';
import type { Params, Progress, Result } from '../../contract/requests.ts';
import { probeSteps } from '../../probes/index.ts';
import type { Context } from '../context.ts';

/** A chain of certificates is far smaller. */
const maxCaBytes = 65_536;

/** Throws `file-missing`, `file-unreadable` for the CA; a host that fails is a result. */
export async function* probeHost(
  context: Context,
  params: Params<'probeHost'>,
  signal: AbortSignal,
): AsyncGenerator<Progress<'probeHost'>, Result<'probeHost'>, void> {
  const { host, port, secure, resolver, samples, intervalMs, stepTimeoutMs, known } = params;
  const { caFileId } = params;
  const ca = caFileId === null ? null : await readCa(context, caFileId);
  const sampling = { count: samples, intervalMs };
  const options = { stepTimeoutMs, resolver, sampling, ca, known };
  const steps = probeSteps({ host, port, secure }, options, signal);
  for (;;) {
    const next = await steps.next();
    if (next.done === true) return next.value;
    yield { step: next.value };
  }
}

async function readCa({ files }: Context, fileId: string): Promise<string> {
  const file = files.name(fileId);
  const bytes = await start(files.path(fileId)).catch((cause: unknown) => {
    throw new BridgeFault('file-unreadable', { file }, { cause });
  });
  if (bytes.length > maxCaBytes) {
    throw new BridgeFault('file-too-large', {
      file,
      sizeBytes: bytes.length,
      maxBytes: maxCaBytes,
    });
  }
  try {
    new X509Certificate(bytes);
  } catch (cause) {
    throw new BridgeFault('file-unreadable', { file }, { cause });
  }
  return bytes.toString();
}

/** No more of it than tells that it is too large. */
async function start(path: string): Promise<Buffer> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(maxCaBytes + 1) });
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
