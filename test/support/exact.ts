// Compares JSON as it was written: the digits of numbers and the order of names count, blanks and escapes do not.

interface Source {
  readonly source?: string;
}
// TypeScript's library does not know these two yet. https://github.com/tc39/proposal-json-parse-with-source
const { rawJSON } = JSON as unknown as { rawJSON: (text: string) => object };
const parse = JSON.parse as (
  text: string,
  reviver: (key: string, value: unknown, context: Source) => unknown,
) => unknown;

/**
 * The text without blanks and without what the server sets: meta.versionId, meta.lastUpdated, and meta itself when that
 * was all. The type and the id stand first, wherever they were: readers want them there, and JSON objects have no order.
 */
export const clientsText = (text: string): string => {
  const { resourceType, id, ...rest } = exactly(text) as Record<string, unknown>;
  const { meta, ...content } = rest;
  const kept = Object.entries(meta ?? {}).filter(
    ([name]) => name !== 'versionId' && name !== 'lastUpdated',
  );
  const whole = kept.length === 0 ? content : { ...rest, meta: Object.fromEntries(kept) };
  return JSON.stringify({ resourceType, id, ...whole });
};

const exactly = (text: string): unknown =>
  parse(text, (_, value, { source }) =>
    typeof value === 'number' && source !== undefined ? rawJSON(source) : value,
  );
