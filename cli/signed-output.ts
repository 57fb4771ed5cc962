/** A file that the shell writes, and its signature beside it. */
import { basename } from 'node:path';
import { BridgeFault } from '../native-bridge/contract/bridge-fault.ts';
import { removeStaleSignature } from '../native-bridge/records/signing/stale-signature.ts';
import { writeReport } from './write-report.ts';
import type { Shell } from './shell.ts';

export interface SignOption {
  /** undefined: as the shop has it. */
  readonly sign?: boolean;
}

/**
 * Returns the signature's file; null: none was asked for, or there is no key. Throws as
 * `writeReport`; BridgeFault `shop-key-missing` where a signature was asked for by name.
 */
export async function writeSigned(
  shell: Shell,
  file: string,
  content: string | Uint8Array,
  { sign }: SignOption,
): Promise<string | null> {
  const bridge = await shell.bridge();
  const shop = await bridge.request('readShop', {}, { signal: shell.signal });
  const signs = sign ?? (shop.signs && shop.key !== null);
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  // Before the file: who asked for a signature is not left with a file that has none.
  const signature = signs ? await bridge.signFile({ fileName: basename(file), bytes }) : null;
  if (sign === true && signature === null) throw new BridgeFault('shop-key-missing');
  await writeReport(file, content);
  await removeStaleSignature(file);
  if (signature === null) return null;
  const beside = `${file}.minisig`;
  await writeReport(beside, signature);
  return beside;
}
