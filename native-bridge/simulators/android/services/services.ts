/** Which services there are, by the mode that the terminal is in. */
import { serveAbb } from './abb.ts';
import { serveSideload, type RecoveryHost } from '../recovery/sideload.ts';
import { parseShellService, serveShell } from './shell.ts';
import { SyncService } from './sync.ts';
import type { Stream } from '../adb/stream.ts';
import type { Device } from '../device/device.ts';

type Serve = (stream: Stream) => Promise<void>;

export interface ServiceHost {
  readonly device: Device;
  /** The terminal goes in a moment, and comes back as told. */
  reboot(target: string): void;
}

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

/** Recovery: files (its log), and the way out. */
export function recoveryService(service: string, host: ServiceHost): Serve | null {
  if (service === 'sync:') return (stream) => new SyncService(stream, host.device).serve();
  return rebootService(service, host);
}

/** Recovery while it waits for a package. */
export function sideloadService(
  service: string,
  host: ServiceHost,
  recovery: RecoveryHost,
): Serve | null {
  const prefix = 'sideload-host:';
  if (!service.startsWith(prefix)) return rebootService(service, host);
  return (stream) => serveSideload(stream, service.slice(prefix.length), recovery);
}

function rebootService(service: string, host: ServiceHost): Serve | null {
  if (!service.startsWith('reboot:')) return null;
  return () => {
    const target = service.slice('reboot:'.length);
    host.reboot(target);
    return Promise.resolve();
  };
}
