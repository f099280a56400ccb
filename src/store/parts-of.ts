// parts-of: what a store lists in parts, part after part.

import type { Part } from './port.ts';

export const partsOf = async function* <T>(
  read: (after: string | undefined) => Promise<Part<T>>,
): AsyncGenerator<Part<T>> {
  let after: string | undefined;
  do {
    const part = await read(after);
    yield part;
    after = part.next;
  } while (after !== undefined);
};
