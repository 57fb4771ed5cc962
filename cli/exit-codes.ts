/**
 * How each end maps to an exit code, in one place: 0 well (warnings included), 1 findings, 2 usage,
 * 3 terminal or port, 4 refused, 5 interrupted, reverted or unknown.
 */
import type { AppVerdict } from '../native-bridge/contract/app.ts';
import type { Correction } from '../native-bridge/contract/correction.ts';
import type { Diagnosis } from '../native-bridge/contract/diagnosis.ts';
import type { FaultCode } from '../native-bridge/contract/fault.ts';
import type { ScannerVerdict } from '../native-bridge/contract/scanner.ts';
import type { FileVerdict } from '../native-bridge/contract/shop.ts';
import type { FlashVerdict } from '../native-bridge/contract/firmware.ts';
import type { ImageInspection } from '../native-bridge/contract/image.ts';

export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5;

const faultExits: Readonly<Record<FaultCode, Exclude<ExitCode, 0 | 1>>> = {
  'port-missing': 3,
  'port-busy': 3,
  'port-forbidden': 3,
  'port-vanished': 3,
  'port-refused': 3,
  'port-unreachable': 3,
  'port-open-timeout': 3,
  'port-write-timeout': 3,
  'port-silent': 3,
  'port-echoes': 3,
  'port-failed': 3,
  'port-stalled': 3,
  'port-ambiguous': 3,
  'port-adb-server': 3,
  'port-no-driver': 3,
  'port-address-invalid': 2,
  'recording-invalid': 2,
  'not-recorded': 3,
  'terminal-owned': 3,
  'door-unfit': 4,
  'terminal-busy': 3,
  'reply-timeout': 3,
  'reply-malformed': 3,
  'samples-too-few': 3,
  'probe-failed': 3,
  'command-refused': 3,
  'command-unsupported': 3,
  'bootloader-locked': 3,
  'message-too-large': 3,
  'adb-not-authorised': 3,
  'adb-tap-timeout': 3,
  'adb-locked-down': 3,
  'adb-key-exposed': 4,
  'adb-key-unguarded': 4,
  'transfer-refused': 4,
  'output-too-large': 3,
  'sideload-refused': 4,
  'recovery-not-reached': 3,
  'boot-loader-not-reached': 3,
  'app-blocked': 4,
  'app-not-installed': 4,
  'app-not-fresh': 4,
  'cache-inseparable': 4,
  'terminal-unknown': 3,
  'terminal-not-connected': 3,
  'terminal-replaced': 3,
  'terminal-unproven': 3,
  'scanner-missing': 4,
  'scanner-untold': 4,
  'file-missing': 2,
  'file-unreadable': 2,
  'file-too-large': 4,
  'file-changed': 4,
  'picture-unknown': 4,
  'picture-damaged': 4,
  'picture-too-large': 4,
  'picture-too-slow': 4,
  'logo-too-large': 4,
  'qr-no-source': 3,
  'qr-not-shown': 3,
  'image-not-mcuboot': 4,
  'image-truncated': 4,
  'image-malformed': 4,
  'image-hash-wrong': 4,
  'image-signature-wrong': 4,
  'image-key-unknown': 4,
  'image-unsigned': 4,
  'image-encrypted': 4,
  'image-too-large': 4,
  'image-older': 4,
  'image-wrong-model': 4,
  'package-malformed': 4,
  'key-unreadable': 2,
  'shop-key-missing': 4,
  'shop-key-damaged': 4,
  'public-key-unreadable': 2,
  'flash-blocked': 4,
  'upload-stalled': 3,
  'upload-refused': 4,
  'firmware-not-taken': 5,
  'readings-lost': 5,
  'question-gone': 2,
  'journal-newer': 4,
  'journal-damaged': 4,
  'profile-missing': 2,
  'profile-invalid': 4,
  'merchant-invalid': 4,
  'rules-invalid': 4,
  'card-unknown': 2,
  'setting-unknown': 2,
  'setting-value-invalid': 2,
  'time-zone-by-hand': 4,
  'wifi-by-hand': 4,
  'proxy-managed': 4,
  'wifi-carries-connection': 4,
  'wifi-not-joined': 4,
  'wifi-password-replaced': 4,
  'setting-not-applied': 5,
  'nothing-to-undo': 4,
  'already-undone': 4,
  'setting-changed-since': 4,
  'backup-missing': 4,
  'backup-damaged': 4,
  'backup-newer': 4,
  'backup-other-model': 4,
  'backup-other-terminal': 4,
  'data-folder-unwritable': 4,
  'moved-note-unreadable': 4,
  'disk-full': 4,
  'records-newer': 4,
  'records-damaged': 4,
  'records-busy': 4,
  'case-unknown': 2,
  'case-changed': 4,
  'bad-request': 2,
  cancelled: 5,
  interrupted: 5,
  'bridge-away': 5,
  'bridge-silent': 5,
  'bridge-lost': 5,
  'window-part-missing': 5,
  'file-not-written': 4,
  'print-failed': 4,
  'print-timeout': 5,
  'job-unknown': 2,
  'needs-socat': 4,
  'simulator-failed': 3,
  internal: 5,
};

const flashExits: Readonly<Record<FlashVerdict, ExitCode>> = {
  done: 0,
  'done-late': 0,
  'nothing-changed': 5,
  reverted: 5,
  // Well flashed; what remains is done at the terminal, and a script must not call it finished.
  'not-trading': 5,
  'needs-firmware': 5,
  unrecoverable: 5,
  unknown: 5,
};

const imageExits: Readonly<Record<ImageInspection['verdict'], ExitCode>> = {
  good: 0,
  refused: 4,
  'cannot-verify': 4,
};

const appExits: Readonly<Record<AppVerdict, ExitCode>> = {
  done: 0,
  refused: 4,
  'nothing-changed': 5,
  unknown: 5,
};

const correctionExits: Readonly<Record<Correction['outcome'], ExitCode>> = {
  applied: 0,
  undone: 0,
  reverted: 5,
  'partly-applied': 5,
};

const scannerExits: Readonly<Record<ScannerVerdict, ExitCode>> = {
  good: 0,
  slow: 1,
  misses: 1,
  'reads-nothing': 1,
  unknown: 5,
};

const verifiedExits: Readonly<Record<FileVerdict, ExitCode>> = {
  sound: 0,
  changed: 1,
  'unknown-key': 4,
  unsigned: 4,
  unreadable: 4,
};

export const exitOfFault = (code: FaultCode): ExitCode => faultExits[code];
export const exitOfFlash = (verdict: FlashVerdict): ExitCode => flashExits[verdict];
export const exitOfImage = (verdict: ImageInspection['verdict']): ExitCode => imageExits[verdict];
export const exitOfApp = (verdict: AppVerdict): ExitCode => appExits[verdict];
export const exitOfCorrection = (outcome: Correction['outcome']): ExitCode =>
  correctionExits[outcome];

export const exitOfVerified = (verdict: FileVerdict): ExitCode => verifiedExits[verdict];
export const exitOfScannerTest = (verdict: ScannerVerdict): ExitCode => scannerExits[verdict];

type Judged = Pick<Diagnosis, 'terminalId' | 'symptom' | 'findings' | 'questions'>;

/** Without a terminal the answers are all there is: one that is well says nothing of those not given. */
export const isLeftOpen = ({ terminalId, symptom, questions }: Judged): boolean =>
  terminalId === null && symptom !== null && questions.length > 0;

/** A failed check is a finding; where not one check could be judged, nothing is known. */
export function exitOfDiagnosis(diagnosis: Judged): ExitCode {
  const verdicts = diagnosis.findings.map((finding) => finding.verdict);
  if (verdicts.includes('fail')) return 1;
  if (isLeftOpen(diagnosis)) return 5;
  return verdicts.some((verdict) => verdict === 'pass' || verdict === 'warn') ? 0 : 5;
}
