// Downloads a mongod as mongodb-memory-server does, and sees whether it runs; the last line says where it is.
// A process of its own, because a download that hangs can only be ended with it.

import { execFileSync } from 'node:child_process';
import { MongoBinary } from 'mongodb-memory-server-core';

console.log('asking');
try {
  const binary = await MongoBinary.getPath({ downloadDir: process.argv[2]! });
  const version = execFileSync(binary, ['--version'], { encoding: 'utf8' });
  if (!/^db version v\d/m.test(version)) throw new Error(`${binary} is no mongod`);
  console.log(`binary ${binary}`);
} catch (error) {
  console.log(`failed ${(error as Error).message.replaceAll(/\s+/g, ' ')}`);
}
