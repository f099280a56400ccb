// Main: starts the server. The compile cache comes before every other module, so that a warm start is quick.

import { enableCompileCache } from 'node:module';

enableCompileCache();

const { start } = await import('./start.ts');
await start();
