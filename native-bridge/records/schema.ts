/** The tables, as Kysely sees them, and the migrations that make them; migrations only ever grow. */
import type { ColumnType } from 'kysely';

type Fixed<T> = ColumnType<T, T, never>;

export interface Tables {
  terminals: {
    id: Fixed<string>;
    /** `model serial` for a terminal with a serial number; null for an assumed one. */
    serial_key: string | null;
    serial_number: string | null;
    model: string;
    /** The port's address without line settings. */
    port_path: string;
    profile: string;
    /** JSON list of hex. */
    slot_hashes: string;
    nickname: string | null;
    first_visit_utc: Fixed<string>;
    previous_visit_utc: string | null;
    contact_utc: string;
  };
  cases: {
    id: Fixed<string>;
    /** null, as port, profile and identity: no terminal was attached. */
    terminal_id: Fixed<string | null>;
    opened_utc: Fixed<string>;
    closed_utc: string | null;
    port_url: string | null;
    profile: string | null;
    /** JSON by contract/terminal.ts. */
    identity: string | null;
    serial_number: string | null;
    merchant: string | null;
    symptom: string | null;
    cause: string | null;
    flash_verdict: string | null;
    /** 1: the verdict replaced an earlier one of the same flash. */
    flash_corrected: ColumnType<number, number | undefined, number>;
    /** Of a routine visit. */
    next_visit_utc: ColumnType<string | null, undefined, string | null>;
    /** Of the newest `ticket` and `signature` events. */
    ticket: ColumnType<string | null, undefined, string | null>;
    signed_utc: ColumnType<string | null, undefined, string | null>;
  };
  case_events: {
    id: Fixed<string>;
    case_id: Fixed<string>;
    seq: Fixed<number>;
    at_utc: Fixed<string>;
    kind: Fixed<string>;
    /** JSON by contract/case.ts. */
    body: Fixed<string>;
  };
  corrections: {
    id: Fixed<string>;
    terminal_id: Fixed<string>;
    case_id: Fixed<string>;
    at_utc: Fixed<string>;
    outcome: Fixed<string>;
    /** JSON by contract/correction.ts, without the values of secret settings. */
    body: Fixed<string>;
    undone_utc: string | null;
  };
  /** The beginning of each entry; what followed is in `journal_steps`. Both only grow. */
  journal: {
    id: Fixed<string>;
    /** Name of the lock that the writing process holds while it lives. */
    owner: Fixed<string>;
    pid: Fixed<number>;
    program: Fixed<string>;
    request: Fixed<string>;
    terminal_id: Fixed<string | null>;
    case_id: Fixed<string | null>;
    phase: Fixed<string | null>;
    facts: Fixed<string>;
    started_utc: Fixed<string>;
    /** Later than the start only where a version that rewrote its entries wrote this one. */
    updated_utc: Fixed<string>;
    format: Fixed<number>;
  };
  journal_steps: {
    id: Fixed<string>;
    entry_id: Fixed<string>;
    seq: Fixed<number>;
    at_utc: Fixed<string>;
    /** `phase` or `end`. */
    kind: Fixed<string>;
    phase: Fixed<string | null>;
    /** What this step adds to the facts of those before it, JSON. */
    facts: Fixed<string>;
  };
  /** Ids whose rows may be deleted now; empty but inside the one transaction that erases. */
  erasing: { id: Fixed<string> };
  preferences: { key: string; value: string };
  backups: {
    id: Fixed<string>;
    terminal_id: Fixed<string>;
    at_utc: Fixed<string>;
    reason: Fixed<string>;
    /** JSON by contract/backup.ts. */
    body: Fixed<string>;
  };
}

/** Marks the file as ours (`PRAGMA application_id`): "POSB". */
export const applicationId = 0x504f5342;

/** Migration n takes the schema from version n to n + 1 (`PRAGMA user_version`). */
export const migrations: readonly string[] = [
  `
  CREATE TABLE terminals (
    id TEXT PRIMARY KEY,
    serial_key TEXT UNIQUE,
    serial_number TEXT,
    model TEXT NOT NULL,
    port_path TEXT NOT NULL,
    profile TEXT NOT NULL,
    slot_hashes TEXT NOT NULL,
    nickname TEXT,
    first_visit_utc TEXT NOT NULL,
    previous_visit_utc TEXT,
    contact_utc TEXT NOT NULL
  ) STRICT;
  CREATE INDEX terminals_by_port ON terminals (port_path, model) WHERE serial_key IS NULL;

  CREATE TABLE cases (
    id TEXT PRIMARY KEY,
    terminal_id TEXT NOT NULL REFERENCES terminals (id),
    opened_utc TEXT NOT NULL,
    closed_utc TEXT,
    port_url TEXT NOT NULL,
    profile TEXT NOT NULL,
    identity TEXT NOT NULL,
    serial_number TEXT,
    merchant TEXT,
    symptom TEXT,
    cause TEXT,
    flash_verdict TEXT
  ) STRICT;
  CREATE INDEX cases_by_terminal ON cases (terminal_id, opened_utc);
  CREATE INDEX cases_by_time ON cases (opened_utc);

  CREATE TABLE case_events (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    seq INTEGER NOT NULL,
    at_utc TEXT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (case_id, seq)
  ) STRICT;
  CREATE TRIGGER case_events_keep BEFORE UPDATE ON case_events
    BEGIN SELECT RAISE(ABORT, 'case events are append-only'); END;
  CREATE TRIGGER case_events_stay BEFORE DELETE ON case_events
    BEGIN SELECT RAISE(ABORT, 'case events are append-only'); END;

  CREATE TABLE corrections (
    id TEXT PRIMARY KEY,
    terminal_id TEXT NOT NULL REFERENCES terminals (id),
    case_id TEXT NOT NULL REFERENCES cases (id),
    at_utc TEXT NOT NULL,
    outcome TEXT NOT NULL,
    body TEXT NOT NULL,
    undone_utc TEXT
  ) STRICT;
  CREATE INDEX corrections_by_terminal ON corrections (terminal_id);

  CREATE TABLE journal (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    pid INTEGER NOT NULL,
    program TEXT NOT NULL,
    request TEXT NOT NULL,
    terminal_id TEXT,
    case_id TEXT,
    phase TEXT,
    facts TEXT NOT NULL,
    started_utc TEXT NOT NULL,
    updated_utc TEXT NOT NULL
  ) STRICT;

  CREATE TABLE preferences (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  `,
  `
  CREATE TABLE backups (
    id TEXT PRIMARY KEY,
    terminal_id TEXT NOT NULL REFERENCES terminals (id),
    at_utc TEXT NOT NULL,
    reason TEXT NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX backups_by_terminal ON backups (terminal_id, at_utc);
  `,
  `
  ALTER TABLE cases ADD COLUMN flash_corrected INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX cases_by_merchant ON cases (merchant, opened_utc);

  CREATE TABLE erasing (id TEXT PRIMARY KEY) STRICT;
  DROP TRIGGER case_events_stay;
  CREATE TRIGGER case_events_stay BEFORE DELETE ON case_events
    WHEN OLD.case_id NOT IN (SELECT id FROM erasing)
    BEGIN SELECT RAISE(ABORT, 'case events are append-only'); END;

  ALTER TABLE journal ADD COLUMN format INTEGER NOT NULL DEFAULT 1;
  CREATE INDEX journal_by_terminal ON journal (terminal_id);
  CREATE TRIGGER journal_keep BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
  CREATE TRIGGER journal_stay BEFORE DELETE ON journal
    WHEN OLD.id NOT IN (SELECT id FROM erasing)
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

  CREATE TABLE journal_steps (
    id TEXT PRIMARY KEY,
    entry_id TEXT NOT NULL REFERENCES journal (id),
    seq INTEGER NOT NULL,
    at_utc TEXT NOT NULL,
    kind TEXT NOT NULL,
    phase TEXT,
    facts TEXT NOT NULL,
    UNIQUE (entry_id, seq)
  ) STRICT;
  CREATE UNIQUE INDEX journal_ends ON journal_steps (entry_id) WHERE kind = 'end';
  CREATE TRIGGER journal_steps_keep BEFORE UPDATE ON journal_steps
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
  CREATE TRIGGER journal_steps_stay BEFORE DELETE ON journal_steps
    WHEN OLD.entry_id NOT IN (SELECT id FROM erasing)
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
  `,
  // A case without a terminal: the columns are made anew, since SQLite takes no NOT NULL away.
  `
  DROP INDEX cases_by_terminal;
  ALTER TABLE cases ADD COLUMN terminal_id_of TEXT REFERENCES terminals (id);
  ALTER TABLE cases ADD COLUMN port_url_of TEXT;
  ALTER TABLE cases ADD COLUMN profile_of TEXT;
  ALTER TABLE cases ADD COLUMN identity_of TEXT;
  ALTER TABLE cases ADD COLUMN next_visit_utc TEXT;
  UPDATE cases SET terminal_id_of = terminal_id, port_url_of = port_url, profile_of = profile,
    identity_of = identity;
  ALTER TABLE cases DROP COLUMN terminal_id;
  ALTER TABLE cases DROP COLUMN port_url;
  ALTER TABLE cases DROP COLUMN profile;
  ALTER TABLE cases DROP COLUMN identity;
  ALTER TABLE cases RENAME COLUMN terminal_id_of TO terminal_id;
  ALTER TABLE cases RENAME COLUMN port_url_of TO port_url;
  ALTER TABLE cases RENAME COLUMN profile_of TO profile;
  ALTER TABLE cases RENAME COLUMN identity_of TO identity;
  CREATE INDEX cases_by_terminal ON cases (terminal_id, opened_utc);
  `,
  `
  ALTER TABLE cases ADD COLUMN ticket TEXT;
  ALTER TABLE cases ADD COLUMN signed_utc TEXT;
  UPDATE cases SET ticket = (SELECT body ->> '$.number' FROM case_events
    WHERE case_id = cases.id AND kind = 'ticket' ORDER BY seq DESC LIMIT 1);
  `,
];
