// A map that forgets what was not used for longest, so that clients cannot fill the memory with definitions.

export interface Cache<V> {
  get(key: string): V | undefined;
  set(key: string, value: V): V;
  clear(): void;
}

export const buildCache = <V>(size: number): Cache<V> => {
  const values = new Map<string, V>();
  return {
    get: (key) => {
      const value = values.get(key);
      if (value === undefined) return undefined;
      values.delete(key);
      values.set(key, value);
      return value;
    },
    set: (key, value) => {
      values.set(key, value);
      const oldest = values.keys().next();
      if (values.size > size && !oldest.done) values.delete(oldest.value);
      return value;
    },
    clear: () => {
      values.clear();
    },
  };
};
