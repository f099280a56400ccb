// inventory: everything in the database, part by part, for a move to another engine.

import type { mongo } from 'mongoose';
import type { Inventory, Key, KeptRecord, Part } from '../port.ts';
import type { RestorableBytes } from './bytes.ts';
import type { ResourceDocument } from './documents.ts';
import type { RecordDocument } from './schema.ts';

export const createInventory = (
  resources: mongo.Collection<ResourceDocument>,
  records: mongo.Collection<RecordDocument>,
  bytes: RestorableBytes,
): Inventory => ({
  names: async (after, size) => {
    // Both halves of the index of what is not deleted: together they are everything, in the order of the keys.
    const filter = { live: { $in: [true, null] as never[] }, key: { $gt: after ?? '' } };
    const projection = { _id: 1, id: 1, key: 1 } as const;
    const found = await resources
      .find(filter, { projection })
      .sort({ key: 1 })
      .limit(size)
      .toArray();
    const items = found.map(({ _id, id }): Key => ({ type: _id.slice(0, _id.indexOf('/')), id }));
    return part(items, size, () => found.at(-1)!.key);
  },
  records: async (after, size) => {
    const filter = { _id: { $gt: after ?? '' } };
    const found = await records.find(filter).sort({ _id: 1 }).limit(size).toArray();
    const items = found.map(({ _id, kind, value, expires }): KeptRecord => ({
      ...{ kind, id: _id.slice(kind.length + 1), value: JSON.parse(value) as object },
      ...(expires === undefined ? {} : { expires }),
    }));
    return part(items, size, () => found.at(-1)!._id);
  },
  restore: (id, content) => bytes.restore(id, content),
});

const part = <T>(items: readonly T[], size: number, next: () => string): Part<T> =>
  items.length < size ? { items } : { items, next: next() };
