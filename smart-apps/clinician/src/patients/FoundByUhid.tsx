// FoundByUhid: the one patient of a number. Whether it was mistyped the server says, which knows its check digit; whether anybody
// elsewhere has it, nobody is told.

import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Bundle, FhirResource, Patient } from 'fhir/r4';
import { pageOf, queryOf } from '@meridian/ui/fhir/search.ts';
import { uhidSystemOf } from '@meridian/ui/identity/uhid-system.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import { Empty } from '@meridian/ui/states/Empty.tsx';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Loading } from '@meridian/ui/states/Loading.tsx';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { isMistyped } from './mistyped.ts';
import { PatientTable } from './PatientTable.tsx';
import { patientElements } from './shown.ts';

export const FoundByUhid = ({ uhid }: { readonly uhid: string }) => {
  const { t } = useTranslation('patients');
  const { fhir } = useSession();
  const [, go] = useLocation();
  const { data, error, refetch } = useQuery({
    queryKey: ['Patient', 'by UHID', uhid],
    queryFn: async () => {
      const identifier = `${await uhidSystemOf(fhir)}|${uhid}`;
      const query = queryOf({ identifier, _elements: patientElements });
      return (await fhir.ask({ path: `Patient?${query}` })).body as Bundle<FhirResource>;
    },
  });
  if (error !== null) return <Failure error={error} again={() => void refetch()} />;
  if (data === undefined) return <Loading />;
  const { items } = pageOf<Patient>(data);
  if (items.length > 0) return <PatientTable patients={items} label={t('found')} />;
  if (isMistyped(data))
    return (
      <Alert role="alert" color="orange" title={t('mistyped.title')}>
        {t('mistyped.text')}
      </Alert>
    );
  return (
    <Empty
      title={t('elsewhere.title')}
      text={t('elsewhere.text')}
      action={{ label: t('elsewhere.ask'), run: () => go(`/access/${uhid}`) }}
    />
  );
};
