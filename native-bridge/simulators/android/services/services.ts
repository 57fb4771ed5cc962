/** Which services there are, by the mode that the terminal is in. */
import { serveAbb } from './abb.ts';
import { parseShellService, serveShell } from './shell.ts';
import { SyncService } from './sync.ts';
import type { Stream } from '../adb/stream.ts';
import type { Device } from '../device/device.ts';

type Serve = (stream: Stream) => Promise<void>;

export interface ServiceHost {
  readonly device: Device;
  /** The terminal goes, and comes back as told. */
  reboot(target: string): void;
}

const REBOOT_DELAY_MS = 20;

/** While Android runs. */
export function systemService(service: string, host: ServiceHost): Serve | null {
  const { device } = host;
  const shell = parseShellService(service);
  if (shell !== null) {
    const v2 = device.model.adb.features.includes('shell_v2');
    return shell.packets && !v2 ? null : (stream) => serveShell(stream, shell, device);
  }
  if (service === 'sync:') return (stream) => new SyncService(stream, device).serve();
  if (service.startsWith('abb_exec:') && device.model.adb.features.includes('abb_exec')) {
    return (stream) => serveAbb(stream, service.slice('abb_exec:'.length), device);
  }
  return rebootService(service, host);
}

export function rebootService(service: string, host: ServiceHost): Serve | null {
  if (!service.startsWith('reboot:')) return null;
  return () => {
    const target = service.slice('reboot:'.length);
    setTimeout(() => host.reboot(target), REBOOT_DELAY_MS);
    return Promise.resolve();
  };
}
