/** Small values that outlive a run. */
import type { Store } from './store.ts';

export async function getPreference(store: Store, key: string): Promise<string | null> {
  const row = await store.db
    .selectFrom('preferences')
    .select('value')
    .where('key', '=', key)
    .executeTakeFirst();
  return row?.value ?? null;
}

export async function setPreference(
  store: Store,
  key: string,
  value: string | null,
): Promise<void> {
  if (value === null) {
    await store.db.deleteFrom('preferences').where('key', '=', key).execute();
    return;
  }
  await store.db
    .insertInto('preferences')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
}

/** One statement, so that of two programs that read the same only one writes. */
export async function swapPreference(
  store: Store,
  key: string,
  before: string | null,
  value: string,
): Promise<boolean> {
  if (before === null) {
    const [inserted] = await store.db
      .insertInto('preferences')
      .values({ key, value })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute();
    return inserted?.numInsertedOrUpdatedRows === 1n;
  }
  const { numUpdatedRows } = await store.db
    .updateTable('preferences')
    .set({ value })
    .where('key', '=', key)
    .where('value', '=', before)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
