// count-operations: which ports of a store are asked, and how much each commit holds: what takes the same work takes the same time.

import type { Store } from '#src/store/port.ts';

/** The list grows with every call from now on. */
export const countOperations = ({ resources, records }: Store): string[] => {
  const noted: string[] = [];
  for (const [name, port] of Object.entries({ resources, records })) {
    // The store of a test is its own: nobody else meets the changed members.
    const members = port as unknown as Record<string, (...args: unknown[]) => unknown>;
    for (const [method, run] of Object.entries(members)) {
      members[method] = (...args) => {
        const size =
          method === 'commit' ? ` ${String((args[0] as readonly unknown[]).length)}` : '';
        noted.push(`${name}.${method}${size}`);
        return run.apply(port, args);
      };
    }
  }
  return noted;
};
