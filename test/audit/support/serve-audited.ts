// A process with a whole server whose callers are named by their tokens, to be killed.

import { startServer } from '../../support/server.ts';
import { namingGuard } from './callers.ts';

const [dataDir = ''] = process.argv.slice(2);
const { MONGODB_URL: url } = process.env;
const env = url === undefined ? {} : { MONGODB_URL: url };
const server = await startServer({ dataDir, env, guard: namingGuard });
process.stdout.write(`${server.base}\n`);
