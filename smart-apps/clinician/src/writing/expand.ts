// Expand: the codes of a value set of the server that have every word somebody typed.
// https://hl7.org/fhir/R4/valueset-operation-expand.html

import type { Coding, ValueSet } from 'fhir/r4';
import type { Fhir } from '@meridian/ui/fhir/client.ts';
import { kindOf } from '@meridian/ui/fhir/failure.ts';
import { queryOf } from '@meridian/ui/fhir/search.ts';

/** Their last words: https://meridian.example/ValueSet/medicines */
export type Catalogue = 'medicines' | 'problems' | 'investigations';

export const mostShown = 12;

/** Nothing where the server has no such list: then it is written in words. */
export const expand = async (
  fhir: Fhir,
  { catalogue, filter }: { readonly catalogue: Catalogue; readonly filter: string },
): Promise<readonly Coding[]> => {
  const url = `https://meridian.example/ValueSet/${catalogue}`;
  try {
    const query = queryOf({ url, filter, count: mostShown });
    const { body } = await fhir.ask({ path: `ValueSet/$expand?${query}` });
    return ((body as ValueSet).expansion?.contains ?? []).map(codingOf);
  } catch (error) {
    if (kindOf(error) === 'missing' || kindOf(error) === 'invalid') return [];
    throw error;
  }
};

const codingOf = ({ system, code, display }: Coding): Coding => ({
  ...(system === undefined ? {} : { system }),
  ...(code === undefined ? {} : { code }),
  ...(display === undefined ? {} : { display }),
});
