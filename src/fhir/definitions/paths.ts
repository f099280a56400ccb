// Where the definitions cache lies, where it is made from, and the fingerprint that tells whether it is stale.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readPackageName } from './source.ts';

const projectRoot = join(import.meta.dirname, '../../..');

export const cachePath = join(projectRoot, '.cache/definitions/r4.bin');

/** Folder of the npm package; undefined where it is not installed, as in the Docker image. */
export const findPackage = (): string | undefined => {
  const paths = createRequire(import.meta.url).resolve.paths('hl7.fhir.r4.examples') ?? [];
  return paths
    .map((path) => join(path, 'hl7.fhir.r4.examples'))
    .find((path) => existsSync(join(path, 'package.json')));
};

/** Version of the package and a hash of the sources of the compiler: all files of this folder. */
export const fingerprintOf = (packageFolder: string): string => {
  const hash = createHash('sha256');
  for (const file of readdirSync(import.meta.dirname).sort())
    hash.update(readFileSync(join(import.meta.dirname, file)));
  return `${readPackageName(packageFolder)}+${hash.digest('hex').slice(0, 16)}`;
};
