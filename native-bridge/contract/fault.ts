/**
 * Faults: everything that can go wrong, as a code plus facts. The words, in both languages,
 * live in wording/ under `fault_<code>` (what happened, where) and `fault_<code>_next` (what next).
 */
import { z } from 'zod';
import { factsSchema } from './common.ts';

export const faultCodeSchema = z.enum([
  // ports
  'port-missing',
  'port-busy',
  'port-forbidden',
  'port-vanished',
  'port-refused',
  'port-unreachable',
  'port-open-timeout',
  'port-write-timeout',
  'port-silent',
  'port-echoes',
  'port-failed',
  'port-stalled',
  'port-ambiguous',
  'port-adb-server',
  'port-no-driver',
  'port-address-invalid',
  'recording-invalid',
  'not-recorded',
  'terminal-owned',
  'terminal-busy',
  /** `door`: what it is connected through; `needs`: what this takes. */
  'door-unfit',
  // protocol
  'reply-timeout',
  'reply-malformed',
  'samples-too-few',
  'probe-failed',
  'command-refused',
  'command-unsupported',
  'bootloader-locked',
  'message-too-large',
  // ADB
  'adb-not-authorised',
  'adb-tap-timeout',
  'adb-locked-down',
  'adb-key-exposed',
  'adb-key-unguarded',
  'transfer-refused',
  'output-too-large',
  'sideload-refused',
  /** The system came back where the recovery was asked for. */
  'recovery-not-reached',
  /** The system came back where the boot loader was asked for. */
  'boot-loader-not-reached',
  // apps
  'app-blocked',
  'app-not-installed',
  'app-not-fresh',
  'cache-inseparable',
  'terminal-unknown',
  'terminal-not-connected',
  'terminal-replaced',
  'terminal-unproven',
  'scanner-missing',
  'scanner-untold',
  // files and firmware
  'file-missing',
  'file-unreadable',
  'file-too-large',
  'file-changed',
  // pictures with codes
  'picture-unknown',
  'picture-damaged',
  'picture-too-large',
  'picture-too-slow',
  /** `widthPixels`, `heightPixels`, `sizeBytes`; `sidePixels`, `maxBytes`: what it may have. */
  'logo-too-large',
  // codes on a terminal
  'qr-no-source',
  'qr-not-shown',
  // firmware images
  'image-not-mcuboot',
  'image-truncated',
  'image-malformed',
  'image-hash-wrong',
  'image-signature-wrong',
  'image-key-unknown',
  'image-unsigned',
  'image-encrypted',
  'image-too-large',
  'image-older',
  'image-wrong-model',
  'package-malformed',
  'key-unreadable',
  // the shop's key and what it signed
  'shop-key-missing',
  'shop-key-damaged',
  'public-key-unreadable',
  'flash-blocked',
  'upload-stalled',
  'upload-refused',
  'firmware-not-taken',
  'readings-lost',
  'question-gone',
  'journal-newer',
  'journal-damaged',
  // profiles
  'profile-missing',
  'profile-invalid',
  'merchant-invalid',
  // trade knowledge
  'rules-invalid',
  'card-unknown',
  // settings
  'setting-unknown',
  'setting-value-invalid',
  'setting-not-applied',
  /** `needs`, `found`: releases of Android. */
  'time-zone-by-hand',
  'wifi-by-hand',
  /** What the management's app has set is its own: `proxy`, `owner`. */
  'proxy-managed',
  /** Switching it off would end the connection that it is asked over. */
  'wifi-carries-connection',
  /** It was not there, or its password is another; `ssid`. */
  'wifi-not-joined',
  'wifi-password-replaced',
  'nothing-to-undo',
  'already-undone',
  'setting-changed-since',
  'backup-missing',
  'backup-damaged',
  'backup-newer',
  'backup-other-model',
  'backup-other-terminal',
  // records
  'data-folder-unwritable',
  /** `file`: where it should say where the data went. */
  'moved-note-unreadable',
  'disk-full',
  'records-newer',
  'records-damaged',
  'records-busy',
  'case-unknown',
  'case-changed',
  // the program
  'bad-request',
  'cancelled',
  'interrupted',
  /** What the app's own host says. */
  'bridge-away',
  'bridge-silent',
  /** It stopped while this was under way, which changes no terminal. */
  'bridge-lost',
  'window-part-missing',
  'file-not-written',
  'print-failed',
  'print-timeout',
  'job-unknown',
  'needs-socat',
  'simulator-failed',
  'internal',
]);
export type FaultCode = z.infer<typeof faultCodeSchema>;

export const faultSchema = z.object({
  code: faultCodeSchema,
  facts: factsSchema,
  /** For support: the chain of causes as text, without secrets. */
  trace: z.array(z.string()),
});
export type Fault = z.infer<typeof faultSchema>;
