// WrittenBy: who brought a thing into the record, and for which hospital, as the server has witnessed it.
// https://hl7.org/fhir/R4/provenance.html

import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import type { Provenance } from 'fhir/r4';
import { Rows } from './Rows.tsx';

/** `target` such as `Condition/1`. Nothing where nothing is known, as of what was there from the beginning. */
export const WrittenBy = ({ target }: { readonly target: string }) => {
  const { items } = useSearch<Provenance>('Provenance', { target, _sort: '-recorded', _count: 1 });
  const author = items[0]?.agent.find(({ type }) =>
    type?.coding?.some(({ code }) => code === 'author'),
  );
  const named = [author?.who, author?.onBehalfOf].flatMap((who) => (who?.reference ? [who] : []));
  return named.length === 0 ? null : <Rows rows={[{ label: 'writtenBy', references: named }]} />;
};
