// A map whose keys are known and whose values are made when they are first asked for.

/** Values are made once, in the order they are asked for; iterating makes them all. */
export const lazyMap = <V>(
  names: readonly string[],
  make: (name: string) => V,
): ReadonlyMap<string, V> => {
  const keys = new Set(names);
  const made = new Map<string, V>();
  const get = (name: string): V | undefined => {
    const known = made.get(name);
    if (known !== undefined || !keys.has(name)) return known;
    const value = make(name);
    made.set(name, value);
    return value;
  };
  const entries = () => names.values().map((name): [string, V] => [name, get(name)!]);
  const map: ReadonlyMap<string, V> = {
    size: keys.size,
    get,
    has: (name) => keys.has(name),
    keys: () => names.values(),
    values: () => names.values().map((name) => get(name)!),
    entries: () => entries(),
    forEach: (visit) => {
      for (const [name, value] of entries()) visit(value, name, map);
    },
    [Symbol.iterator]: () => entries(),
  };
  return map;
};
