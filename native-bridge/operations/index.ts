/** Request name → operation: one file for each thing a technician does. */
import type { Params, Progress, RequestName, Result } from '../contract/requests.ts';
import { clearAppCache } from './apps/clear-cache.ts';
import { inspectApp } from './apps/inspect-app.ts';
import { installApp } from './apps/install-app.ts';
import { listApps } from './apps/list-apps.ts';
import { uninstallApp } from './apps/uninstall-app.ts';
import { backupSettings, exportBackup, listBackups } from './backups/backups.ts';
import { restoreSettings } from './backups/restore-settings.ts';
import { closeCase, getCase, listCases } from './cases.ts';
import { deleteHistory, getPreferences, setPreferences } from './cases-kept.ts';
import { connect, disconnect } from './connect.ts';
import { runShell, watchConsole } from './console.ts';
import type { Context } from './context.ts';
import { applySettings } from './corrections.ts';
import { diagnose } from './diagnose.ts';
import { listQuestions, resumeDiagnosis } from './diagnosis/resume.ts';
import { addEvidence, addNote, setTicket } from './evidence/add-evidence.ts';
import { makeBundle } from './evidence/make-bundle.ts';
import { makeReport } from './evidence/make-report.ts';
import { answerFlash } from './flash/answer-flash.ts';
import { flash } from './flash/flash.ts';
import { inspectFirmware } from './flash/inspect-firmware.ts';
import { planFlash } from './flash/plan-flash.ts';
import { resumeFlash } from './flash/resume-flash.ts';
import { inspectQr, inspectQrPicture, inspectShownQr } from './inspect-qr.ts';
import { explainText, getKnowledge, makeCard } from './knowledge/knowledge.ts';
import { leaveInterrupted, listInterrupted } from './interrupted/list-interrupted.ts';
import { attachJob, listJobs } from './jobs.ts';
import { listPorts, watchTerminals } from './ports.ts';
import { checkProfile, listProfiles } from './profiles.ts';
import { probeHost } from './probes/probe-host.ts';
import { readTerminal } from './read.ts';
import { answerScannerTest } from './scanner-test/answer-scanner-test.ts';
import { scannerCodes, scannerPage, scannerPictures } from './scanner-test/scanner-codes.ts';
import { testScanner } from './scanner-test/test-scanner.ts';
import { readSettings } from './settings.ts';
import { readStatistics } from './statistics.ts';
import { listAcquirerFaults, setAcquirerFault, startAcquirer } from './training/acquirer.ts';
import {
  listTrainingApps,
  listTrainingFaults,
  presentTrainingCode,
  setTrainingCable,
  setTrainingFault,
  startTraining,
} from './training/training.ts';
import { listCorrections } from './undo/list-corrections.ts';
import { undoCorrection } from './undo/undo-correction.ts';
import { getAdbServer, getUdevRule, stopAdbServer } from './usb-access.ts';

/** Takes checked parameters; yields progress where it is long; ends at once when the signal fires. */
export type Operation<N extends RequestName> = (
  context: Context,
  params: Params<N>,
  signal: AbortSignal,
) => AsyncGenerator<Progress<N>, Result<N>, void> | Promise<Result<N>>;

export const operations: { readonly [N in RequestName]: Operation<N> } = {
  listPorts,
  watchTerminals,
  connect,
  disconnect,
  readTerminal,
  readStatistics,
  diagnose,
  listQuestions,
  resumeDiagnosis,
  readSettings,
  applySettings,
  undoCorrection,
  listCorrections,
  backupSettings,
  listBackups,
  exportBackup,
  restoreSettings,
  inspectApp,
  installApp,
  uninstallApp,
  clearAppCache,
  listApps,
  inspectQr,
  inspectShownQr,
  inspectQrPicture,
  getKnowledge,
  explainText,
  makeCard,
  probeHost,
  getAdbServer,
  stopAdbServer,
  getUdevRule,
  scannerCodes,
  scannerPage,
  scannerPictures,
  testScanner,
  answerScannerTest,
  startAcquirer,
  setAcquirerFault,
  listAcquirerFaults,
  inspectFirmware,
  planFlash,
  flash,
  answerFlash,
  resumeFlash,
  watchConsole,
  runShell,
  listCases,
  closeCase,
  getCase,
  addEvidence,
  addNote,
  setTicket,
  makeReport,
  makeBundle,
  deleteHistory,
  getPreferences,
  setPreferences,
  listProfiles,
  checkProfile,
  startTraining,
  setTrainingFault,
  setTrainingCable,
  presentTrainingCode,
  listTrainingApps,
  listTrainingFaults,
  listJobs,
  attachJob,
  listInterrupted,
  leaveInterrupted,
};
