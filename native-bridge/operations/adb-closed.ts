/**
 * A terminal whose ADB is closed: whether it may be opened is said by the profile that was chosen for
 * it, or that knows its USB device. Where no profile does, nobody is guided into it.
 */
import { BridgeFault, faultOf } from '../contract/bridge-fault.ts';
import type { Facts } from '../contract/common.ts';
import { adbOpening } from '../terminals/adb-opening.ts';
import { profilesOfUsb } from '../terminals/catalogue.ts';
import type { Profile } from '../terminals/profile.ts';
import type { Context } from './context.ts';

/** The same error, with what the profile says of it where it is about a closed ADB. */
export async function withAdbAdvice(
  context: Context,
  error: unknown,
  portUrl: string,
  chosen: Profile | null,
): Promise<unknown> {
  const { code, facts } = faultOf(error);
  if (code !== 'adb-locked-down') return error;
  const profile = chosen ?? (await profileOn(context, portUrl));
  const advice = profile && factsOf(profile);
  return advice ? new BridgeFault(code, { ...facts, ...advice }, { cause: error }) : error;
}

/** Where several know the device none of them is believed. */
async function profileOn(context: Context, portUrl: string): Promise<Profile | null> {
  const { ports } = await context.discoverPorts();
  const port = ports.find(({ url }) => url === portUrl);
  const [known = null, ...others] = port ? profilesOfUsb(port) : [];
  return others.length === 0 ? known : null;
}

/** The words differ by the fact that is there. */
function factsOf(profile: Profile): Facts | null {
  const { debugMode, model } = profile;
  const source = debugMode?.fact.source ?? '';
  switch (adbOpening(profile)) {
    case 'reversible':
      return { model, reversibleBy: source };
    case 'ends-trading':
      return { model, endsTradingBy: source };
    case 'unproven':
      return { model, unprovenBy: source };
    case 'unknown':
    case null:
      return null;
  }
}
