/**
 * Every request the bridge answers: parameters, progress and result. One request id carries all
 * three and the cancellation. Both hosts (window and shell) speak only this.
 */
import type { z } from 'zod';
import { appRequests } from './app.ts';
import { backupRequests } from './backup.ts';
import { bundleRequests } from './bundle.ts';
import { caseRequests } from './case-requests.ts';
import { consoleRequests } from './console.ts';
import { correctionRequests } from './correction.ts';
import { diagnosisRequests } from './diagnosis-requests.ts';
import { evidenceRequests } from './evidence.ts';
import { firmwareRequests } from './flash-requests.ts';
import { historyRequests } from './history.ts';
import { jobRequests } from './job.ts';
import { knowledgeRequests } from './knowledge.ts';
import { portRequests } from './port-requests.ts';
import { probeRequests } from './probe.ts';
import { profileRequests } from './profile.ts';
import { qrRequests } from './qr.ts';
import { scannerRequests } from './scanner.ts';
import { shopRequests } from './shop.ts';
import { signatureRequests } from './signature.ts';
import { terminalRequests } from './terminal-requests.ts';
import { trainingRequests } from './training.ts';
import { trustedKeyRequests } from './trusted-keys.ts';
import { usbRequests } from './usb.ts';

export const requests = {
  ...terminalRequests,
  ...diagnosisRequests,
  ...correctionRequests,
  ...backupRequests,
  ...appRequests,
  ...qrRequests,
  ...knowledgeRequests,
  ...portRequests,
  ...trustedKeyRequests,
  ...probeRequests,
  ...usbRequests,
  ...scannerRequests,
  ...firmwareRequests,
  ...consoleRequests,
  ...caseRequests,
  ...evidenceRequests,
  ...signatureRequests,
  ...bundleRequests,
  ...shopRequests,
  ...historyRequests,
  ...profileRequests,
  ...trainingRequests,
  ...jobRequests,
} as const;

export type Requests = typeof requests;
export type RequestName = keyof Requests;
export type ParamsInput<N extends RequestName> = z.input<Requests[N]['params']>;
export type Params<N extends RequestName> = z.output<Requests[N]['params']>;
export type Progress<N extends RequestName> = z.output<Requests[N]['progress']>;
export type Result<N extends RequestName> = z.output<Requests[N]['result']>;
