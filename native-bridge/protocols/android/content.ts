/**
 * Rows of a content provider, through Android's `content` command. A place in a provider is written
 * `content://authority/path#column?name=key`: of the row where `name` is `key` (of the first row
 * without it) the value of `column`.
 *
 * The command prints a row as `Row: 0 first=value, second=value`; a value that holds a comma can't
 * be told from two, so that only one column is ever asked for.
 */

interface ContentPlace {
  readonly uri: string;
  readonly column: string;
  /** null: the first row. */
  readonly where: { readonly name: string; readonly value: string } | null;
}

const placeForm =
  /^(content:\/\/[A-Za-z0-9_./-]{1,512})#([A-Za-z0-9_]{1,64})(?:\?([A-Za-z0-9_]{1,64})=([A-Za-z0-9_.-]{1,64}))?$/;

/** @throws RangeError where the text is no place in a provider */
function placeOf(key: string): ContentPlace {
  const match = placeForm.exec(key);
  const [, uri, column, name, value] = match ?? [];
  if (uri === undefined || column === undefined) throw new RangeError('no place in a provider');
  const where = name === undefined || value === undefined ? null : { name, value };
  return { uri, column, where };
}

/** @throws RangeError where the key is no place in a provider */
export function contentQuery(key: string): readonly string[] {
  const { uri, column, where } = placeOf(key);
  return ['content', 'query', '--uri', uri, '--projection', column, ...condition(where)];
}

/** @throws RangeError where the key is no place in a provider */
export function contentUpdate(key: string, value: string): readonly string[] {
  const { uri, column, where } = placeOf(key);
  return ['content', 'update', '--uri', uri, '--bind', `${column}:s:${value}`, ...condition(where)];
}

function condition(where: ContentPlace['where']): string[] {
  return where === null ? [] : ['--where', `${where.name}='${where.value}'`];
}

/**
 * The value in the reply to `contentQuery`; null: there is no such row, the provider is not there,
 * or the value is none. @throws RangeError where the key is no place in a provider
 */
export function parseContentRow(output: string, key: string): string | null {
  const { column } = placeOf(key);
  const start = `Row: 0 ${column}=`;
  const at = output.startsWith(start) ? 0 : output.indexOf(`\n${start}`) + 1;
  if (!output.startsWith(start, at)) return null;
  const from = at + start.length;
  const next = output.indexOf('\nRow: 1 ', from);
  const value = output.slice(from, next < 0 ? undefined : next).replace(/\r?\n$/, '');
  return value === 'NULL' ? null : value.slice(0, 4_096);
}
