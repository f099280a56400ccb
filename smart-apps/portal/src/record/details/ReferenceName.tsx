// ReferenceName: who or what a reference names, looked up where it does not say so itself.

import { useRead } from '@meridian/ui/fhir/hooks.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { Anchor, Text } from '@mantine/core';
import type { FhirResource, HumanName, Reference } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { describe } from '../describe.ts';
import { useWords } from '../useWords.ts';

export const ReferenceName = ({ reference }: { readonly reference: Reference }) => {
  const { t } = useTranslation('record');
  const [type = '', id] = reference.reference?.split('/') ?? [];
  const isLocal = /^[A-Z][A-Za-z]+\/[A-Za-z0-9.-]{1,64}$/.test(reference.reference ?? '');
  const unknown = reference.display === undefined && isLocal;
  const found = useRead<FhirResource>(
    type as FhirResource['resourceType'],
    unknown ? id : undefined,
  );
  const name = useNameOf(found.data) ?? (unknown ? undefined : reference.display);
  if (name === undefined)
    return (
      <Text component="span" c="dimmed">
        {t(found.isLoading ? 'reading' : 'noName')}
      </Text>
    );
  if (!isLocal || !pages.has(type)) return name;
  return (
    <Anchor component={Link} href={`/record/${type}/${id ?? ''}`}>
      {name}
    </Anchor>
  );
};

/** The types that have a page of their own. */
const pages: ReadonlySet<string> = new Set([
  ...['Encounter', 'Condition', 'DiagnosticReport', 'Observation', 'Immunization', 'Procedure'],
]);

const useNameOf = (resource: FhirResource | undefined): string | undefined => {
  const format = useFormat();
  const words = useWords();
  if (resource === undefined) return undefined;
  const { name } = resource as { readonly name?: string | HumanName[] };
  if (name !== undefined) return typeof name === 'string' ? name : format.name(name);
  return describe(resource, words).title;
};
