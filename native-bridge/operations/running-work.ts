/**
 * Work of which something is lost or stays half done where the program ends now: what the host asks
 * about before it closes.
 */
import type { Context } from './context.ts';

/** What a technician would not want cut off, by its request. */
const kinds: Readonly<Record<string, WorkKind>> = {
  flash: 'flash',
  resumeFlash: 'flash',
  applySettings: 'settings',
  undoCorrection: 'settings',
  restoreSettings: 'settings',
  backupSettings: 'backup',
  installApp: 'app',
  uninstallApp: 'app',
  clearAppCache: 'app',
  diagnose: 'diagnosis',
  testScanner: 'scanner',
};

export type WorkKind =
  'flash' | 'settings' | 'backup' | 'app' | 'diagnosis' | 'scanner' | 'settling';

export interface RunningWork {
  readonly kind: WorkKind;
  /** Model and serial number; null: no terminal is attached. */
  readonly terminal: string | null;
}

function nameOf(context: Context, terminalId: string | null): string | null {
  const identity = terminalId === null ? null : context.connections.find(terminalId)?.identity;
  if (identity == null) return null;
  const { model, serialNumber } = identity;
  return serialNumber === null ? model : `${model} · ${serialNumber}`;
}

export function runningWork(context: Context): RunningWork[] {
  const asked = context.jobs.list().flatMap(({ request, terminalId }) => {
    const kind = kinds[request];
    return kind === undefined ? [] : [{ kind, terminalId }];
  });
  // Looked at or restored by itself after work that was cut off: nobody asked for it.
  const settling = context.connections.list().flatMap(({ id }) => {
    const holder = context.connections.find(id)?.line.holder;
    const changes = holder === 'flash' || holder === 'apply';
    const isAsked = asked.some(({ terminalId }) => terminalId === id);
    return changes && !isAsked ? [{ kind: 'settling' as const, terminalId: id }] : [];
  });
  return [...asked, ...settling].map(({ kind, terminalId }) => ({
    kind,
    terminal: nameOf(context, terminalId),
  }));
}

/** Says at every change what runs, until the bridge ends. */
export function watchRunningWork(
  context: Context,
  listener: (work: readonly RunningWork[]) => void,
): void {
  let said = '[]';
  const look = (): void => {
    const work = runningWork(context);
    const text = JSON.stringify(work);
    if (text === said) return;
    said = text;
    listener(work);
  };
  context.connections.subscribe(look);
  context.jobs.subscribe(look);
  look();
}
