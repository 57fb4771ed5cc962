/**
 * What this computer asks the network itself, over Node's own sockets: a payment host, the sign-in
 * page in between, the acquirer's status service. Every question is asked once, under a deadline and
 * within bounds; what comes back is plain data (contract/probe.ts).
 */
export { clockReference } from './clock.ts';
export { probeHost, probeSteps, type ProbeOptions } from './host-probe.ts';
export { testPortal } from './portal.ts';
export { askStatus, type StatusOptions } from './status.ts';
