// Without: an object less some of its members.

type Members = Readonly<Record<string, unknown>>;

export const without = (members: unknown, ...names: readonly string[]): Members =>
  Object.fromEntries(
    Object.entries((members ?? {}) as Members).filter(([name]) => !names.includes(name)),
  );
