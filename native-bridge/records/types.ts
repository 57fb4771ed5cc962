/**
 * What records offer: terminals and their visits, cases with append-only events, corrections to
 * undo, the journal of work in progress, locks that die with their process, preferences.
 *
 * Everything is asynchronous (a worker thread holds the database) and ends within a deadline:
 * RecordsError `records-busy` after `timeoutMs`. A resolved write is on the disk, not in a cache.
 */
import type { Backup } from '../contract/backup.ts';
import type { CaseEvent, CaseRecord, CaseSummary } from '../contract/case.ts';
import type { Erasure } from '../contract/history.ts';
import type { Correction } from '../contract/correction.ts';
import type { Symptom } from '../contract/diagnosis.ts';
import type { Facts } from '../contract/common.ts';
import type { Reading, ReadingName } from '../contract/reading.ts';
import type { MerchantSignature, SignedState } from '../contract/signature.ts';
import type { Identity } from '../contract/terminal.ts';

/** A terminal as records know it, at the moment of this visit. */
export interface TerminalRow {
  /** UUIDv7; the same at every visit. */
  readonly id: string;
  readonly nickname: string | null;
  readonly firstVisitUtc: string;
  /** The visit before this one; null at the first. */
  readonly lastVisitUtc: string | null;
  /** The cause that the newest diagnosed case named. */
  readonly lastCause: string | null;
}

/** A terminal known by the images it held: a boot loader tells nothing else. */
export interface KnownTerminal {
  readonly id: string;
  /** The profile's name at its last visit. */
  readonly profile: string;
  readonly model: string;
  readonly serialNumber: string | null;
  readonly slotHashes: readonly string[];
  readonly nickname: string | null;
  readonly lastVisitUtc: string | null;
  readonly lastCause: string | null;
}

export interface NewCase {
  /** null: no terminal is attached. */
  readonly terminalId: string | null;
  readonly portUrl: string | null;
  readonly profile: string | null;
  readonly identity: Identity | null;
  readonly merchant: string | null;
  readonly symptom: Symptom | null;
}

export interface EarlierOf {
  readonly terminalId: string;
  /** The visit that it is compared with. */
  readonly exceptCaseId: string;
  readonly names: readonly ReadingName[];
  /** Visits. */
  readonly limit: number;
}

/** What one visit read last of each reading. */
export interface EarlierReadings {
  readonly caseId: string;
  readonly readings: readonly Reading[];
  /** The computer's clock less the network's, then; null: not known. */
  readonly computerAheadMs: number | null;
}

export interface CaseValues {
  readonly causes: string[];
  readonly flashVerdicts: string[];
}

/** Every condition given must hold; text is compared as a whole, but for `text`. */
export interface CaseFilter {
  readonly terminalId?: string | null | undefined;
  readonly serialNumber?: string | null | undefined;
  readonly merchant?: string | null | undefined;
  readonly sinceUtc?: string | null | undefined;
  /** Exclusive. */
  readonly untilUtc?: string | null | undefined;
  readonly cause?: string | null | undefined;
  readonly flashVerdict?: string | null | undefined;
  /** Words that must each stand in one of the texts a case is known by; see `listCases`. */
  readonly text?: string | null | undefined;
  readonly state?: 'open' | 'closed' | null | undefined;
  /** Default 100, newest first. */
  readonly limit?: number | undefined;
  /** Only those that come after this one. */
  readonly after?: { readonly id: string; readonly openedUtc: string } | null | undefined;
}

/** Every condition given must hold; text is compared as a whole. */
export interface EraseFilter {
  readonly merchant: string | null;
  readonly serialNumber: string | null;
  /** Cases in which nothing has happened since. */
  readonly beforeUtc: string | null;
}

export interface NewJournalEntry {
  readonly request: string;
  readonly terminalId: string | null;
  readonly caseId: string | null;
  readonly phase: string | null;
  /** What a later run needs to resume or to tell what was cut off. Never secrets. */
  readonly facts?: Facts | undefined;
}

export interface JournalEntry {
  readonly id: string;
  readonly request: string;
  readonly terminalId: string | null;
  readonly caseId: string | null;
  readonly phase: string | null;
  readonly facts: Facts;
  readonly startedUtc: string;
  readonly updatedUtc: string;
  readonly pid: number;
  readonly program: string;
  /** Not `good`: written by a later version, or not to be read; `facts` is empty then. */
  readonly state: 'good' | 'newer' | 'damaged';
}

/** A correction, and when it was undone; null: it was not. */
export type KeptCorrection = Correction & { readonly undoneUtc: string | null };

/** The end of a correction, in one transaction: see `Records.endCorrection`. */
export interface CorrectionEnd {
  readonly correction: Correction;
  /** False: it changed nothing that an undo could bring back, or is itself part of an undo. */
  readonly keep: boolean;
  /** The correction that this one undid, or that it makes up for. */
  readonly undoes: string | null;
  /** Ended with it; null: the journal's entry stays. */
  readonly journalId: string | null;
}

/** A lock of the operating system; it ends with `release` or with the process, whichever is first. */
export interface Ownership {
  readonly name: string;
  release(): Promise<void>;
}

export interface Records {
  readonly dataFolder: string;

  /**
   * Finds or creates the terminal and notes this visit. Identity: the serial number with the model;
   * else the port's path while one slot hash stays the same (`assumed`). `slotHashes`: every slot's
   * hash, hex; default the active one.
   */
  upsertTerminal(
    identity: Identity,
    portUrl: string,
    profile: string,
    slotHashes?: readonly string[],
    /** From `terminalIdOf`. Throws `terminal-owned` where it is another one's by now. */
    id?: string,
  ): Promise<TerminalRow>;
  /** The id that `upsertTerminal` will give, a new one where it is not known: to lock it first. */
  terminalIdOf(
    identity: Identity,
    portUrl: string,
    slotHashes?: readonly string[],
  ): Promise<string>;
  /**
   * The one terminal that last was on this port, or whose flash was left open, and that held one of
   * these images; where the boot loader shows no hashes only a flash left open on this port counts.
   */
  terminalHolding(portUrl: string, slotHashes: readonly string[]): Promise<KnownTerminal | null>;
  /** The one terminal that has this serial number; null: none, or several of different models. */
  terminalNumbered(serialNumber: string): Promise<KnownTerminal | null>;
  /** After a flash: what the terminal says now, so that an assumed one is known again next time. */
  noteIdentity(
    terminalId: string,
    identity: Identity,
    slotHashes?: readonly string[],
  ): Promise<void>;
  nameTerminal(terminalId: string, nickname: string | null): Promise<void>;

  openCase(newCase: NewCase): Promise<CaseSummary>;
  /** The newest case of this terminal that was not closed, or null. */
  currentCase(terminalId: string): Promise<CaseSummary | null>;
  /** Appends; a diagnosis sets the case's symptom and cause, a flash its verdict. */
  appendEvent(caseId: string, event: CaseEvent): Promise<void>;
  /** Says once in the case that its terminal is being recorded to this file. */
  noteRecording(caseId: string, file: string): Promise<void>;
  /** Closing twice keeps the first time. A late event may still follow (a corrected verdict). */
  closeCase(caseId: string): Promise<CaseSummary>;
  /** Newest first; damaged ones are left out. */
  listCases(filter?: CaseFilter): Promise<CaseSummary[]>;
  /** Ids of those that were left out. */
  listDamagedCases(filter?: CaseFilter): Promise<string[]>;
  /** How many there are, damaged ones included, whatever the limit. */
  countCases(filter?: CaseFilter): Promise<number>;
  /** Values that stand in the history. */
  caseValues(): Promise<CaseValues>;
  getCase(caseId: string): Promise<CaseRecord>;
  /** SHA-256, hex, of what would be signed now. */
  contentSha256(caseId: string): Promise<string>;
  /**
   * Appends the merchant's signature under what the case holds now. `readSha256`: of what was read;
   * where the case holds something else it throws `case-changed`. null: whatever it holds.
   */
  signCase(
    caseId: string,
    signature: Omit<MerchantSignature, 'contentSha256'>,
    readSha256: string | null,
  ): Promise<SignedState>;
  /** null: nobody signed. */
  signedState(caseId: string): Promise<SignedState | null>;
  /**
   * What was read at earlier visits of this terminal, the last of each, newest first; recordings
   * aside. At most `limit` visits; `names` of the readings that are wanted.
   */
  earlierReadings(of: EarlierOf): Promise<EarlierReadings[]>;

  /** Values of secret settings are dropped before anything is written. */
  saveCorrection(correction: Correction): Promise<void>;
  getCorrection(correctionId: string): Promise<KeptCorrection | null>;
  /** The newest correction of this terminal that changed something and was not undone. */
  latestUndoableCorrection(terminalId: string): Promise<Correction | null>;
  /** Newest first, undos and what did not take included. */
  listCorrections(terminalId: string, limit: number): Promise<KeptCorrection[]>;
  markUndone(correctionId: string): Promise<void>;
  /**
   * Says in the case how a correction ended, keeps it, marks the one it undid and ends its entry in
   * the journal: all of it or nothing.
   */
  endCorrection(end: CorrectionEnd): Promise<void>;

  saveBackup(backup: Backup): Promise<void>;
  getBackup(backupId: string): Promise<Backup | null>;
  /** Newest first. */
  listBackups(terminalId: string, limit: number): Promise<Backup[]>;

  /** The journal only grows. Resolves when the entry is on the disk: begin the step only then. */
  journalBegin(entry: NewJournalEntry): Promise<Pick<JournalEntry, 'id' | 'startedUtc'>>;
  /**
   * Facts are added to those of earlier phases; its `updatedUtc` from then on. Throws `bad-request` for
   * an entry that ended.
   */
  journalPhase(journalId: string, phase: string, facts?: Facts): Promise<string>;
  journalEnd(journalId: string): Promise<void>;
  /** Entries that were never ended and whose process is gone, oldest first. `journalEnd` settles one. */
  listInterrupted(): Promise<JournalEntry[]>;
  /**
   * Every open entry of this terminal, oldest first, whoever wrote it: for who holds the terminal's lock
   * and its line, and so knows that nobody works on it any more.
   */
  journalOf(terminalId: string): Promise<JournalEntry[]>;

  /** Throws RecordsError `terminal-owned` at once where another holder, here or elsewhere, has it. */
  acquire(name: string, options?: { readonly program?: string }): Promise<Ownership>;

  /** What `erase` would delete; changes nothing. */
  lookAtErasure(filter: EraseFilter): Promise<Erasure>;
  /**
   * Deletes the cases, all that belongs to them alone, and their bytes in the files. Throws
   * `terminal-owned` where a program has one of their terminals, and deletes nothing then.
   */
  erase(filter: EraseFilter): Promise<Erasure>;

  getPreference(key: string): Promise<string | null>;
  setPreference(key: string, value: string | null): Promise<void>;
  /** Puts `value` where `before` stands; false: something else stands there by now. */
  swapPreference(key: string, before: string | null, value: string): Promise<boolean>;

  /** Releases every lock and closes the database; a second call does nothing. */
  close(): Promise<void>;
}

export type { Erasure };

export interface OpenOptions {
  readonly dataFolder: string;
  /** Named to whoever finds a terminal owned: `pos-bench`, `POS Bench`. */
  readonly program?: string;
  readonly signal?: AbortSignal | undefined;
  /** Deadline of every call; default 15,000. */
  readonly timeoutMs?: number;
}
