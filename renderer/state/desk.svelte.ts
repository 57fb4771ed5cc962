/** Everything the window holds about one terminal, so that going to another and back loses nothing. */
import type { Finding } from '../../native-bridge/contract/diagnosis.ts';
import type { Job } from '../../native-bridge/contract/job.ts';
import type { ReadingName } from '../../native-bridge/contract/reading.ts';
import type { Terminal } from '../../native-bridge/contract/terminal.ts';
import { Apps } from './apps.svelte.ts';
import { BackupChoice } from './backup-choice.svelte.ts';
import type { BridgeClient } from './bridge-client.ts';
import { ConsoleLog } from './console-log.svelte.ts';
import { clock } from './clock.svelte.ts';
import { Corrections } from './corrections.svelte.ts';
import type { DiagnosisDesk } from './diagnosis-desk.ts';
import { DiagnosisRun } from './diagnosis-run.svelte.ts';
import { Earlier } from './earlier.svelte.ts';
import { Follow } from './follow.svelte.ts';
import { FileChoice } from './files.svelte.ts';
import { FlashRun } from './flash-run.svelte.ts';
import { speaksAdb } from './port-label.ts';
import { QrInspector } from './qr-inspector.svelte.ts';
import { Readings } from './readings.svelte.ts';
import { ScannerRun } from './scanner-run.svelte.ts';
import { SettingsHistory } from './settings-history.svelte.ts';
import { Statistics } from './statistics.svelte.ts';
import { sameSubject, type Subject } from './subject.ts';
import { Task } from './task.svelte.ts';
import type { Point } from './trails.svelte.ts';
import { nowUtc } from './time.ts';

export const tabs = [
  'overview',
  'diagnosis',
  'settings',
  'apps',
  'firmware',
  'qr',
  'scanner',
  'console',
] as const;
export type Tab = (typeof tabs)[number];

export class Desk implements DiagnosisDesk {
  readonly atTerminal = this;
  terminal = $state.raw() as Terminal;
  tab = $state<Tab>('overview');
  /** The case that this visit writes to; null until something was done. */
  caseId = $state<string | null>(null);
  subject = $state.raw<Subject | null>(null);
  /** Which word about an interrupted settings change was put aside. */
  #unfinishedSeen = $state<string | null>(null);
  readonly readings: Readings;
  readonly following: Follow;
  readonly earlier: Earlier;
  readonly statistics: Statistics;
  readonly diagnosis: DiagnosisRun;
  readonly corrections: Corrections;
  readonly settingsHistory: SettingsHistory;
  readonly backupChoice: BackupChoice;
  readonly apps: Apps;
  readonly flash: FlashRun;
  readonly qr: QrInspector;
  readonly scanner: ScannerRun;
  readonly console: ConsoleLog;
  readonly files = new FileChoice();
  readonly naming = new Task();
  /** Connecting again with another merchant file. */
  readonly merchant = new Task();
  /** It was away and done with: what is known here of it goes when it is no longer listed. */
  isPutAway = false;
  /** Disconnecting it. */
  readonly leaving = new Task();

  readonly #client: BridgeClient;

  constructor(client: BridgeClient, terminal: Terminal) {
    this.#client = client;
    this.terminal = terminal;
    this.readings = new Readings(client, terminal.id);
    this.following = new Follow(client, terminal.id, this.readings);
    this.earlier = new Earlier(client, terminal.id);
    this.statistics = new Statistics(client, terminal.id);
    this.diagnosis = new DiagnosisRun(client, () => ({ terminalId: terminal.id }), this);
    this.corrections = new Corrections(client, terminal.id, this);
    this.settingsHistory = new SettingsHistory(client, terminal.id);
    this.backupChoice = new BackupChoice(client);
    this.apps = new Apps(client, terminal.id, this);
    this.flash = new FlashRun(client, terminal.id, this);
    this.qr = new QrInspector(client, terminal.id);
    this.scanner = new ScannerRun(client, terminal.id, this);
    this.console = new ConsoleLog(client, terminal.id);
    this.#settle(terminal);
  }

  /** Gone, and nothing under way expects that: a flash waits for its terminal by itself. */
  get away(): boolean {
    return !this.terminal.connected && !this.flash.flashing.running;
  }

  get ready(): boolean {
    return this.terminal.connected && !this.flash.flashing.running;
  }

  /** New values stand in the settings that the terminal has not. */
  get hasTyped(): boolean {
    const { edited, secrets } = this.corrections;
    return edited.length > 0 || [...secrets.values()].some((value) => value !== '');
  }

  get unfinishedSeen(): boolean {
    return this.#unfinishedSeen === textOf(this.terminal);
  }

  seeUnfinished(): void {
    this.#unfinishedSeen = textOf(this.terminal);
  }

  /** The newest state of the terminal; reads it once when it has just come. */
  update(terminal: Terminal): void {
    const came = terminal.connected && !this.terminal.connected;
    this.terminal = terminal;
    this.#settle(terminal);
    if (!came) return;
    this.isPutAway = false;
    void this.refresh();
    if (this.apps.list !== null) void this.apps.load();
    if (this.console.wanted) void this.console.watch();
  }

  /** The bridge is gone, and with it the connection and the files it knew. */
  lost(): void {
    this.letGo();
    this.terminal = {
      ...this.terminal,
      interrupted: { key: 'app_bridge_cut_terminal', facts: {} },
    };
    this.flash.forgetFiles();
    this.apps.forgetFiles();
  }

  /** Its connection has ended; what it said of its own stays true. */
  letGo(): void {
    const activity = { kind: 'gone', detail: null, sinceUtc: nowUtc(), fraction: null } as const;
    this.terminal = { ...this.terminal, connected: false, activity };
  }

  /** Resolves with false where it could not be kept. */
  async rename(nickname: string): Promise<boolean> {
    const params = { terminalId: this.terminal.id, nickname: nickname.trim() || null };
    return (await this.naming.run(() => this.#client.start('nameTerminal', params))) !== null;
  }

  /** The views that a terminal with this door has: apps are Android's. */
  get tabs(): readonly Tab[] {
    const isAndroid = speaksAdb(this.terminal.portUrl) && this.terminal.bootLoader !== true;
    return isAndroid ? tabs : tabs.filter((tab) => tab !== 'apps');
  }

  /** How a reading went: in this visit, or with one point for each earlier one. */
  trailOf(name: ReadingName, all: boolean): readonly Point[] {
    const visit = this.readings.trails.of(name).map(({ atMs, value }) => ({
      atMs: clock.timeOfDay(atMs),
      value,
    }));
    return all ? this.earlier.of(name, visit.at(-1) ?? null) : visit;
  }

  async installApp(): Promise<void> {
    await this.apps.install();
    await this.changed();
  }

  async doAskedOfApp(): Promise<void> {
    await this.apps.doAsked();
    await this.changed();
  }

  #settle({ settledFlash, unfinished }: Terminal): void {
    if (settledFlash) this.flash.settle(settledFlash);
    if (unfinished?.app) this.apps.settle(unfinished.app);
  }

  async refresh(): Promise<void> {
    if (!this.terminal.connected || this.flash.flashing.running) return;
    await this.readings.load();
  }

  /** What is on the terminal has changed: what was read before is no longer true. */
  async changed(): Promise<void> {
    if (!this.terminal.connected) return;
    await this.readings.load();
    if (this.corrections.table !== null) await this.corrections.load();
  }

  async applyChanges(): Promise<void> {
    await this.corrections.applyProposed();
    await this.refresh();
  }

  async undoChanges(): Promise<void> {
    await this.corrections.undo.confirm();
    await this.refresh();
  }

  /** What was cut off and waits; `overwrite`: also what was changed since. */
  async undoInterrupted(interruptedId: string, overwrite = false): Promise<void> {
    await this.corrections.undo.interrupted(interruptedId, overwrite);
    await this.refresh();
  }

  async restoreSettings(): Promise<void> {
    await this.corrections.restoreProposed();
    await this.refresh();
  }

  async restoreFromFile(): Promise<void> {
    const file = await this.files.choose('backup');
    if (file !== null) await this.corrections.proposeRestore({ fileId: file.fileId });
  }

  async startFlash(): Promise<void> {
    await this.flash.start();
    await this.changed();
  }

  /** The file is asked for only where the copy of the image is not kept any more. */
  async goOnFlashing(): Promise<void> {
    if (!(await this.flash.goOn())) {
      const file = await this.files.choose('firmware');
      if (file === null) return;
      await this.flash.goOn(file);
    }
    await this.changed();
  }

  /** Goes to the settings with the dialogue open for what this finding would change. */
  correct(finding: Finding): void {
    this.tab = 'settings';
    void this.corrections.correct(finding.remedy?.settings ?? null);
  }

  toggleSubject(subject: Subject): void {
    this.subject = sameSubject(this.subject, subject) ? null : subject;
  }

  /** False for work that leaves nothing here to follow. */
  follow(job: Job): boolean {
    switch (job.request) {
      case 'flash':
        this.tab = 'firmware';
        void this.flash.follow(job).then(() => this.changed());
        return true;
      case 'testScanner':
        this.tab = 'scanner';
        void this.scanner.load();
        void this.scanner.follow(job);
        return true;
      case 'installApp':
      case 'uninstallApp':
        this.tab = 'apps';
        void this.apps.follow(job).then(() => this.changed());
        return true;
      case 'diagnose':
        void this.diagnosis.follow(job).then(() => this.refresh());
        return true;
      case 'applySettings':
      case 'undoCorrection':
        void this.corrections.follow(job).then(() => this.changed());
        return true;
      case 'restoreSettings':
        void this.corrections.followRestore(job).then(() => this.changed());
        return true;
      default:
        return false;
    }
  }
}

function textOf({ unfinished }: Terminal): string | null {
  return unfinished === undefined ? null : JSON.stringify(unfinished.text);
}
