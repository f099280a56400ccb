// Named: the name of a hospital, of a place, or of somebody who works there, by reference.

import { useQuery } from '@tanstack/react-query';
import { readReference } from '@meridian/ui/fhir/write.ts';
import { formatName } from '@meridian/ui/format/person.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import type { Location, Organization, Practitioner } from 'fhir/r4';
import { useTranslation } from 'react-i18next';

export const Named = ({ reference }: { readonly reference: string | undefined }) => {
  const { t } = useTranslation('sharing');
  const { fhir } = useSession();
  const [type, id] = (reference ?? '').split('/');
  const { data } = useQuery({
    queryKey: [type, 'name', id],
    queryFn: async () => {
      const found = await readReference<Organization | Location | Practitioner>(fhir, reference!);
      return found.resourceType === 'Practitioner' ? formatName(found.name) : found.name;
    },
    enabled: reference !== undefined,
    staleTime: 600_000,
  });
  return <>{data ?? t('unnamed')}</>;
};
