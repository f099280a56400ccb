// Rows: what a resource says, line by line, each with a label in plain words. What it does not say makes no line.

import type { FhirResource } from 'fhir/r4';
import type { Words } from '../describe.ts';
import { saysSomething, type Row } from './row.ts';
import { rowsByType } from './rows-by-type.ts';

export const rowsOf = (resource: FhirResource, words: Words): readonly Row[] => {
  const { meta } = resource;
  const rows = rowsByType[resource.resourceType]?.(resource as never, words) ?? [];
  return [
    ...rows,
    { label: 'enteredOn', text: words.format.dateTime(meta?.lastUpdated) },
    { label: 'system', text: meta?.source },
  ].filter(saysSomething);
};
