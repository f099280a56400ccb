// once: makes a value when it is first asked for, and then gives the same one.

export const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => (made ??= make());
};
