// The YAML files beside it: sections of R4's search page as data, one case a line.
// https://hl7.org/fhir/R4/search.html

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Resource } from '#src/fhir/resource.ts';

export interface Section {
  readonly section: string;
  readonly groups: readonly Group[];
}
interface Group {
  readonly about: string;
  /** By id. */
  readonly resources: Readonly<Record<string, Resource>>;
  readonly searches: readonly SearchCase[];
}
export interface SearchCase {
  readonly search: string;
  readonly finds?: readonly string[];
  readonly status?: number;
  readonly says?: string;
  readonly compartment?: { readonly type: string; readonly id: string };
  readonly lenient?: boolean;
}

export const sections = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => parse(readFileSync(join(import.meta.dirname, file), 'utf8')) as Section);
