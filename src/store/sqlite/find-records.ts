// find-records: records by their top-level text fields.

import type { Connection } from './connection.ts';

/** Texts longer than this are no keys and not in the index of fields: they are compared in the record itself. */
export const longestField = 200;

/** Found by the index of fields where a text is short enough to be in it, then compared in full. */
export const recordsWhere = (
  connection: Connection,
  kind: string,
  where: Readonly<Record<string, string>>,
  now: number,
): readonly { readonly id: string; readonly value: string }[] => {
  const fields = Object.entries(where);
  const indexed = fields.find(([, text]) => text.length <= longestField);
  const rows =
    indexed === undefined
      ? connection.all(
          'SELECT id, value FROM record WHERE kind = ? AND (expires IS NULL OR expires > ?) ORDER BY id',
          [kind, now],
        )
      : connection.all(
          'SELECT r.id, r.value FROM record_field f CROSS JOIN record r ON r.kind = f.kind AND r.id = f.id WHERE f.kind = ? AND f.field = ? AND f.value = ? AND (r.expires IS NULL OR r.expires > ?) ORDER BY f.id',
          [kind, ...indexed, now],
        );
  return rows
    .map(([id, value]) => ({ id: String(id), value: String(value) }))
    .filter(({ value }) => {
      const record = JSON.parse(value) as Readonly<Record<string, unknown>>;
      return fields.every(([field, text]) => record[field] === text);
    });
};
