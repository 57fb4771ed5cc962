/** A served bridge and a window's end of the line to it, over a real MessageChannel. */
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Bridge } from '../../native-bridge/bridge.ts';
import { fromBridgeSchema, type FromBridge } from '../../native-bridge/contract/messages.ts';
import { serve, type Endpoint } from '../../native-bridge/serve.ts';

export interface ServedWindow {
  readonly port: MessagePort;
  send(message: unknown): void;
  /** The next message from the bridge, checked against the contract. */
  next(): Promise<FromBridge>;
  /** What has arrived and was not taken, once everything under way has arrived. */
  rest(): Promise<FromBridge[]>;
  close(): void;
}

export function openWindow(bridge: () => Promise<Bridge>): ServedWindow {
  const { port1, port2 } = new MessageChannel();
  serve(endpointOf(port1), bridge);
  const arrived: FromBridge[] = [];
  let wake = () => {};
  port2.on('message', (data) => {
    arrived.push(fromBridgeSchema.parse(data));
    wake();
  });
  return {
    port: port2,
    send: (message) => port2.postMessage(message),
    next: async () => {
      while (arrived.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      return arrived.shift() as FromBridge;
    },
    rest: async () => {
      // An id that no request has: its refusal comes after everything sent before it.
      port2.postMessage({ type: 'request', id: -1, name: 'none', params: {} });
      const isRefusal = (message: FromBridge) => message.type === 'fault' && message.id === -1;
      while (!arrived.some(isRefusal)) await new Promise<void>((resolve) => (wake = resolve));
      return arrived.splice(0).filter((message) => !isRefusal(message));
    },
    close: () => port2.close(),
  };
}

export function endpointOf(port: MessagePort): Endpoint {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => port.on('message', listener),
    onClose: (listener) => port.on('close', listener),
  };
}
