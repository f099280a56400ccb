// The server without its guard, as a process: for what FHIR says, and for measuring what the guard costs. Never for use.

import { enableCompileCache } from 'node:module';

enableCompileCache();

const { openGuard } = await import('../../src/http/guard.ts');
const { start } = await import('../../src/start.ts');
await start({ guard: openGuard });
