// A process with a whole server whose callers are named by their tokens, to be killed.

import { startServer } from '../../support/server.ts';
import { namingGuard } from './callers.ts';

const [dataDir = ''] = process.argv.slice(2);
const server = await startServer({ dataDir, guard: namingGuard });
process.stdout.write(`${server.base}\n`);
