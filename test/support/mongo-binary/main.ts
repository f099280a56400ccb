// `npm test` and `npm run test:mongo` begin with this: it sees to it that there is a mongod, where one can be had.

import { attemptDownload } from './attempt.ts';

const attempt = await attemptDownload(process.env);
if (attempt && 'why' in attempt) console.log(`MongoDB: a stand-in for it, because ${attempt.why}`);
if (attempt && 'binary' in attempt) console.log(`MongoDB: ${attempt.binary}`);
