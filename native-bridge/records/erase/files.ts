/**
 * Files that only the rows that go still name: copies of images, recordings, photos. A file that a
 * row which stays names too stays with it.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { imageFile, photosFolder, photosOfCase } from '../data-folder.ts';
import type { Database } from '../sqlite.ts';
import { column } from './rows.ts';

const going = `case_id IN (SELECT id FROM erasing)`;
const shas = `SELECT coalesce(body ->> '$.image.fileSha256', body ->> '$.flash.fileSha256') AS named
  FROM case_events WHERE kind IN ('image', 'flash')`;
const recordings = `SELECT body ->> '$.file' AS named FROM case_events WHERE kind = 'recording'`;

const onlyThere = (all: string): string =>
  `SELECT named FROM (${all} AND ${going}) WHERE named IS NOT NULL
   EXCEPT SELECT named FROM (${all} AND NOT ${going})`;

/** SHA-256 of the copies, in hex. */
export function imagesGoing(database: Database): string[] {
  return column(database, onlyThere(shas)).filter((sha) => /^[0-9a-f]{64}$/.test(sha));
}

/** Whole paths. What is not named like a recording is not touched, whoever wrote it there. */
export function recordingsGoing(database: Database): string[] {
  return column(database, onlyThere(recordings)).filter((file) => file.endsWith('.jsonl'));
}

export function filesGoing(database: Database, dataFolder: string): string[] {
  const images = imagesGoing(database).map((sha) => imageFile(dataFolder, sha));
  return [...images, ...recordingsGoing(database), ...photosGoing(database, dataFolder)];
}

/** By the case's id in their names: also one whose program was killed before its case named it. */
function photosGoing(database: Database, dataFolder: string): string[] {
  const cases = column(database, 'SELECT id FROM cases WHERE id IN (SELECT id FROM erasing)').map(
    photosOfCase,
  );
  const folder = photosFolder(dataFolder);
  return namesIn(folder)
    .filter((name) => cases.some((beginning) => name.startsWith(beginning)))
    .map((name) => join(folder, name));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
