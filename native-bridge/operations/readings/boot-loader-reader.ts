/** A boot loader is asked for no reading: whatever a profile names is its system's to tell. */
import { BridgeFault } from '../../contract/bridge-fault.ts';
import { doorNames } from '../../connections/terminal-session.ts';
import type { Value } from '../setting-value.ts';
import type { Raw, SourceReader } from './raw.ts';

export class BootLoaderReader implements SourceReader {
  expect(): void {
    // Nothing is asked.
  }

  fetch(): Promise<Raw> {
    return Promise.reject(unfit());
  }

  settingValue(): Promise<Value> {
    return Promise.reject(unfit());
  }
}

function unfit(): BridgeFault {
  return new BridgeFault('door-unfit', { door: doorNames.fastboot, needs: doorNames.adb });
}
