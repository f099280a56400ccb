// Runs work whose length a client decides (a regular expression, a FHIRPath) and stops it when it takes too long.
// https://nodejs.org/docs/latest-v24.x/api/vm.html#scriptrunincontextcontextifiedobject-options

import { createContext, Script } from 'node:vm';

/** undefined when it was stopped. The work must leave nothing half done that others see: no `finally` runs then. */
export const withinTime = <T>(milliseconds: number, work: () => T): T | undefined => {
  const context = (room ??= createContext({}));
  context['work'] = work;
  try {
    return script.runInContext(context, { timeout: milliseconds }) as T;
  } catch (error) {
    // It comes from another realm, so it is known by its code alone.
    if ((error as { code?: unknown } | undefined)?.code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT')
      throw error;
    return undefined;
  }
};

const script = new Script('work()');
let room: ReturnType<typeof createContext> | undefined;
