// The functions our FHIRPath has, by name. What is not here is left to the general engine.
// https://hl7.org/fhirpath/N1/#functions

import type { FunctionDefinition } from './compiled.ts';
import { existence } from './functions/existence.ts';
import { filtering } from './functions/filtering.ts';
import { fhir } from './functions/fhir.ts';
import { strings } from './functions/strings.ts';
import { subsetting } from './functions/subsetting.ts';
import { typing } from './functions/typing.ts';

export const functions: ReadonlyMap<string, FunctionDefinition> = new Map(
  [existence, filtering, subsetting, strings, typing, fhir].flatMap((table) =>
    Object.entries(table),
  ),
);
