/** The database and the locks of one worker: opens them in order, and says what can be asked. */
import { join } from 'node:path';
import { Kysely } from 'kysely';
import type { Backup } from '../contract/backup.ts';
import type { CaseEvent } from '../contract/case.ts';
import type { Facts } from '../contract/common.ts';
import type { Correction } from '../contract/correction.ts';
import type { MerchantSignature } from '../contract/signature.ts';
import type { Identity } from '../contract/terminal.ts';
import { imagesFolder, photosFolder, recordsFile } from './data-folder.ts';
import { eraseAtOpening } from './erase/at-opening.ts';
import { erase, lookAtErasure } from './erase/erase.ts';
import { makeFolder } from './make-folder.ts';
import { prepareDatabase } from './migrate.ts';
import {
  acquireLifeLock,
  acquireLock,
  openingLock,
  sweepDeadLocks,
  type Lock,
} from './ownership.ts';
import type { Tables } from './schema.ts';
import { RecordsDialect, openDatabase, toRecordsError, type Database } from './sqlite.ts';
import * as backups from './store/backups.ts';
import { caseValues, countCases, listCases, listDamagedCases } from './store/case-lists.ts';
import * as cases from './store/cases.ts';
import * as corrections from './store/corrections.ts';
import { earlierReadings } from './store/earlier-readings.ts';
import * as journal from './store/journal.ts';
import * as preferences from './store/preferences.ts';
import { contentSha256, signCase, signedState } from './store/signatures.ts';
import type { Store } from './store/store.ts';
import { terminalHolding, terminalNumbered } from './store/terminal-holding.ts';
import * as terminals from './store/terminals.ts';
import { endCorrection } from './store/end-correction.ts';
import type {
  CaseFilter,
  CorrectionEnd,
  EarlierOf,
  EraseFilter,
  NewCase,
  NewJournalEntry,
} from './types.ts';
import { sweepUnpacked } from './unpacked.ts';
import { removeStalePartials } from './whole-file.ts';
import type { WorkerOptions } from './worker-messages.ts';

/** Throws RecordsError only. */
export function openWorker(options: WorkerOptions) {
  const { dataFolder, program } = options;
  const file = join(dataFolder, recordsFile);
  const place = { folder: dataFolder, file };
  const locks = new Map<string, Lock>();
  const life = guard(() => {
    makeFolder(dataFolder);
    const lock = acquireLifeLock(options);
    sweepDeadLocks(dataFolder);
    return lock;
  });
  const database = guard(() => openPrepared(file, options), life.release);
  const db = new Kysely<Tables>({ dialect: new RecordsDialect(database) });
  const store: Store = { db, file, nowUtc: () => new Date().toISOString() };
  const owner = { lockName: life.name, program, dataFolder };
  const home = { database, dataFolder, program };
  eraseAtOpening(home, store.nowUtc());
  removeStalePartials(imagesFolder(dataFolder));
  removeStalePartials(photosFolder(dataFolder));
  for (const keys of ['adb', 'shop-key']) removeStalePartials(join(dataFolder, keys));
  sweepUnpacked(options);

  /** With the connection to itself: between two statements of a transaction nobody else's stand. */
  function alone<T>(work: () => T): Promise<T> {
    return db.connection().execute(() => Promise.resolve(work()));
  }

  function guard<T>(step: () => T, undo?: () => void): T {
    try {
      return step();
    } catch (error) {
      undo?.();
      throw toRecordsError(error, place);
    }
  }

  return {
    toError: (error: unknown) => toRecordsError(error, place),
    methods: {
      upsertTerminal: (
        identity: Identity,
        portUrl: string,
        profile: string,
        hashes?: readonly string[],
        id?: string,
      ) => terminals.upsertTerminal(store, identity, portUrl, profile, hashes, id),
      terminalIdOf: (identity: Identity, portUrl: string, hashes?: readonly string[]) =>
        terminals.terminalIdOf(store, identity, portUrl, hashes),
      terminalNumbered: (serialNumber: string) => terminalNumbered(store, serialNumber),
      terminalHolding: (portUrl: string, hashes: readonly string[]) =>
        terminalHolding(store, portUrl, hashes),
      noteIdentity: (id: string, identity: Identity, hashes?: readonly string[]) =>
        terminals.noteIdentity(store, id, identity, hashes),
      nameTerminal: (id: string, nickname: string | null) =>
        terminals.nameTerminal(store, id, nickname),
      openCase: (newCase: NewCase) => cases.openCase(store, newCase),
      currentCase: (terminalId: string) => cases.currentCase(store, terminalId),
      appendEvent: (caseId: string, event: CaseEvent) => cases.appendEvent(store, caseId, event),
      noteRecording: (caseId: string, file: string) => cases.noteRecording(store, caseId, file),
      closeCase: (caseId: string) => cases.closeCase(store, caseId),
      listCases: (filter?: CaseFilter) => listCases(store, filter),
      listDamagedCases: (filter?: CaseFilter) => listDamagedCases(store, filter),
      countCases: (filter?: CaseFilter) => countCases(store, filter),
      caseValues: () => caseValues(store),
      getCase: (caseId: string) => cases.getCase(store, caseId),
      contentSha256: (caseId: string) => contentSha256(store, caseId),
      signCase: (
        caseId: string,
        signature: Omit<MerchantSignature, 'contentSha256'>,
        readSha256: string | null,
      ) => signCase(store, caseId, signature, readSha256),
      signedState: (caseId: string) => signedState(store, caseId),
      earlierReadings: (of: EarlierOf) => earlierReadings(store, of),
      saveCorrection: (correction: Correction) => corrections.saveCorrection(store, correction),
      getCorrection: (id: string) => corrections.getCorrection(store, id),
      latestUndoableCorrection: (terminalId: string) =>
        corrections.latestUndoableCorrection(store, terminalId),
      listCorrections: (terminalId: string, limit: number) =>
        corrections.listCorrections(store, terminalId, limit),
      markUndone: (id: string) => corrections.markUndone(store, id),
      endCorrection: (end: CorrectionEnd) => endCorrection(store, end),
      saveBackup: (backup: Backup) => backups.saveBackup(store, backup),
      getBackup: (id: string) => backups.getBackup(store, id),
      listBackups: (terminalId: string, limit: number) =>
        backups.listBackups(store, terminalId, limit),
      journalBegin: (entry: NewJournalEntry) => journal.journalBegin(store, owner, entry),
      journalPhase: (id: string, phase: string, facts?: Facts) =>
        journal.journalPhase(store, id, phase, facts),
      journalEnd: (id: string) => journal.journalEnd(store, id),
      listInterrupted: () => journal.listInterrupted(store, owner),
      journalOf: (terminalId: string) => journal.journalOf(store, terminalId),
      lookAtErasure: (filter: EraseFilter) =>
        alone(() => lookAtErasure(home, { filter, settledOnly: false })),
      erase: (filter: EraseFilter) => alone(() => erase(home, { filter, settledOnly: false })),
      getPreference: (key: string) => preferences.getPreference(store, key),
      setPreference: (key: string, value: string | null) =>
        preferences.setPreference(store, key, value),
      swapPreference: (key: string, before: string | null, value: string) =>
        preferences.swapPreference(store, key, before, value),
      /** `token`: whose it is, also while one of the same name is refused. */
      acquireLock: (token: string, name: string, lockProgram: string) => {
        locks.set(token, acquireLock(name, { dataFolder, program: lockProgram }));
        return Promise.resolve();
      },
      releaseLock: (token: string) => {
        locks.get(token)?.release();
        locks.delete(token);
        return Promise.resolve();
      },
      close: async () => {
        for (const lock of locks.values()) lock.release();
        locks.clear();
        await db.destroy();
        if (database.isOpen) database.close();
        life.release();
      },
    },
  };
}

export type WorkerMethods = ReturnType<typeof openWorker>['methods'];

/** Two programs that start at once prepare the database one after the other. */
function openPrepared(file: string, options: WorkerOptions): Database {
  const { dataFolder, program, busyTimeoutMs } = options;
  const migrating = acquireLock(openingLock, { dataFolder, program, waitMs: busyTimeoutMs });
  try {
    const database = openDatabase(file, busyTimeoutMs);
    try {
      prepareDatabase(database, file);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  } finally {
    migrating.release();
  }
}
