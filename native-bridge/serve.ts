/**
 * One bridge for any number of windows. Each window has an endpoint, a pipe of messages as
 * contract/requests.ts describes them; what arrives is checked, what a request yields goes back
 * under its id. A window that closes or reloads takes only its watches with it: other work goes on
 * as a job, which the next window lists and attaches to.
 */
import type { Bridge } from './bridge.ts';
import { BridgeFault, faultOf } from './contract/bridge-fault.ts';
import type { Fault } from './contract/fault.ts';
import { toBridgeSchema, type FromBridge, type ToBridge } from './contract/messages.ts';
import { requestNamed } from './contract/request-areas.ts';
import type { Progress, RequestName } from './contract/requests.ts';
import { ProgressBatches } from './progress-batches.ts';

/** One end of a message pipe, whichever kind of MessagePort it is made of. */
export interface Endpoint {
  send(message: FromBridge): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
}

/** Requests that are nothing without their reader. */
const watches: ReadonlySet<string> = new Set<RequestName>([
  'watchTerminals',
  'watchReadings',
  'watchConsole',
]);
/** Each progress says everything: of those that wait only the newest is sent. */
const snapshots: ReadonlySet<string> = new Set<RequestName>([
  'watchTerminals',
  'applySettings',
  'restoreSettings',
  'flash',
]);

interface Running {
  readonly name: string;
  readonly controller: AbortController;
  readonly batches: ProgressBatches;
}

/** What can be told of the terminals before the bridge is open; null: nothing yet. */
export type FirstList = () => Promise<Progress<'watchTerminals'> | null>;

/**
 * Serves the endpoint until it closes. `bridge` gives the bridge or throws BridgeFault (a data
 * folder that can't be written, newer records): then every request is answered with that fault.
 */
export function serve(
  endpoint: Endpoint,
  bridge: () => Promise<Bridge>,
  firstList: FirstList = () => Promise.resolve(null),
): void {
  const running = new Map<number, Running>();
  let open = true;

  const send = (message: FromBridge) => {
    if (open) endpoint.send(message);
  };
  const refuse = (id: number, fault: Fault) => send({ type: 'fault', id, fault });

  async function run(id: number, name: RequestName, params: unknown): Promise<void> {
    const controller = new AbortController();
    const batches = new ProgressBatches(snapshots.has(name) ? 'newest' : 'all', (batch) =>
      send({ type: 'progress', id, batch }),
    );
    running.set(id, { name, controller, batches });
    try {
      await requestNamed(name);
      if (name === 'watchTerminals') {
        const first = await firstList();
        if (first !== null) batches.push(first);
      }
      const opened = await bridge();
      // The bridge checks the parameters itself.
      const result = await opened.request(name, params as never, {
        signal: controller.signal,
        onProgress: (progress) => batches.push(progress),
      });
      batches.flush();
      send({ type: 'result', id, result });
    } catch (error) {
      batches.flush();
      refuse(id, faultOf(error));
    } finally {
      running.delete(id);
    }
  }

  function take(message: ToBridge): void {
    const job = running.get(message.id);
    switch (message.type) {
      case 'cancel':
        job?.controller.abort(new DOMException('cancelled', 'AbortError'));
        break;
      case 'ack':
        job?.batches.acknowledge();
        break;
      case 'request':
        if (job) refuse(message.id, badRequest(message.name, 'an id that is not in use'));
        // Whether it is the name of one is looked at before it is run.
        else void run(message.id, message.name as RequestName, message.params);
    }
  }

  endpoint.onMessage((message) => {
    const parsed = toBridgeSchema.safeParse(message);
    if (parsed.success) take(parsed.data);
  });
  endpoint.onClose(() => {
    open = false;
    for (const { name, controller } of running.values()) {
      if (watches.has(name)) controller.abort(new DOMException('reader gone', 'AbortError'));
    }
  });
}

function badRequest(request: string, expected: string): Fault {
  return new BridgeFault('bad-request', { request: request.slice(0, 100), expected }).fault;
}
