// Evidence: what codes mean by material that nobody here wrote: HL7's official R4 resources, and beside the project the bundles of
// Synthea and the content of US Core and of the International Patient Summary.

import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { readShared, shared } from '../../support/shared.ts';
import { codesIn, keyOf } from './codes-in.ts';

/** By system and code, every name under which it stands there. */
export type Evidence = ReadonlyMap<string, ReadonlySet<string>>;

export const officialEvidence = (): Evidence => {
  const folder = dirname(
    createRequire(import.meta.url).resolve('hl7.fhir.r4.examples/package.json'),
  );
  const names = readdirSync(folder).filter((name) => /^[A-Z].*\.json$/.test(name));
  return evidenceOf(names.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8'))));
};

export const sharedEvidence = (): Evidence =>
  evidenceOf([
    ...filesBelow('synthea/bundles').map(readJson),
    ...filesBelow('us-core/examples-6.1.0').map(readJson),
    readJson('us-core/inferno-population-3.1.1.json'),
    ...filesBelow('ips/examples').map(readJson),
    ...readLines('us-core/us-core-6.1.0-conformance.ndjson.gz'),
    ...readLines('ips/ips-2.0.0-conformance.ndjson.gz'),
  ]);

export const together = (...all: readonly Evidence[]): Evidence => {
  const codes = new Set(all.flatMap((each) => [...each.keys()]));
  return new Map(
    [...codes].map((code) => [code, new Set(all.flatMap((each) => [...(each.get(code) ?? [])]))]),
  );
};

const evidenceOf = (contents: readonly unknown[]): Evidence => {
  const names = new Map<string, Set<string>>();
  for (const coded of contents.flatMap(codesIn)) {
    const known = names.get(keyOf(coded)) ?? new Set<string>();
    names.set(keyOf(coded), known.add(coded.display));
  }
  return names;
};

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(shared(folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.json(\.gz)?$/.test(name))
    .map((name) => join(folder, name));

const readJson = (path: string): unknown => JSON.parse(readShared(path));

const readLines = (path: string): readonly unknown[] =>
  readShared(path)
    .split('\n')
    .filter(Boolean)
    .map((line): unknown => JSON.parse(line));
