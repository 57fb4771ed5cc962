/**
 * A proxy that the app managing the terminal has set (DevicePolicyManager.setRecommendedGlobalProxy): it
 * stands past the setting that a shell writes, and comes back when that is written. Both have to be
 * seen: a proxy whose setting was deleted stands there too.
 */
import { BridgeFault } from '../../contract/bridge-fault.ts';
import type { AndroidDumpName } from '../../protocols/android/index.ts';
import type { Place } from '../setting-value.ts';

export const isProxy = ({ source }: Place): boolean =>
  source.from === 'android-settings' && source.key === 'global/http_proxy';

/** `ask`: a field of a dump; null where it is not told. `proxy-managed {proxy, owner}`; null: it is not. */
export async function managedProxy(
  ask: (dump: AndroidDumpName, field: string) => Promise<string | null>,
): Promise<BridgeFault | null> {
  if ((await ask('settings-global', 'proxySetDirectly')) !== 'true') return null;
  const owner = await ask('device-policy', 'owner');
  if (owner === null || owner === '') return null;
  const proxy = (await ask('settings-global', 'proxy')) ?? '';
  return new BridgeFault('proxy-managed', { proxy, owner });
}
