// kept: answers that many ask for, made once in a few seconds.

/** Gives what was made for the name a short time ago, or makes it. A fault is not kept. */
export interface Kept {
  <T>(name: string, make: () => Promise<T>): Promise<T>;
  /** What comes now is made anew. */
  forget(): void;
}

export const createKept = (milliseconds: number, now: () => number): Kept => {
  const made = new Map<string, { readonly at: number; readonly value: Promise<unknown> }>();
  const kept = <T>(name: string, make: () => Promise<T>): Promise<T> => {
    const before = made.get(name);
    // What is kept under a name is what was made for it.
    if (before && now() - before.at < milliseconds) return before.value as Promise<T>;
    const value = make();
    made.set(name, { at: now(), value });
    value.catch(() => made.delete(name));
    return value;
  };
  return Object.assign(kept, { forget: () => made.clear() });
};
