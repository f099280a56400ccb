// ChartHead: whose record it is, what warns, what is being done with it, and how long it is open.

import { Button, Text } from '@mantine/core';
import type { Patient } from 'fhir/r4';
import { uhidOf } from '@meridian/ui/format/person.ts';
import { PatientBanner } from '@meridian/ui/patient/PatientBanner.tsx';
import { useSession } from '@meridian/ui/session/session.ts';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { EmergencyLine } from '../access/EmergencyLine.tsx';
import { AllergyFlags } from './AllergyFlags.tsx';
import { ChartActions } from './ChartActions.tsx';
import { LaunchVisit } from './LaunchVisit.tsx';

export interface ChartHeadProps {
  readonly id: string;
  /** undefined while it is on its way. */
  readonly patient: Patient | undefined;
}

export const ChartHead = ({ id, patient }: ChartHeadProps) => {
  const { t } = useTranslation('chart');
  const session = useSession();
  const isLaunched = session.patient === id;
  const encounter = isLaunched ? session.encounter : undefined;
  // Where the EHR around this app shows whose record it is, once is enough.
  const isShownOutside = isLaunched && !session.needPatientBanner;
  return (
    <>
      <PageTitle actions={<ChartActions patient={id} encounter={encounter} />}>
        {t('title')}
      </PageTitle>
      <EmergencyLine patient={id} />
      {patient === undefined || isShownOutside ? null : (
        <PatientBanner patient={patient} actions={<AskMore patient={patient} />} />
      )}
      <AllergyFlags patient={id} />
      <LaunchVisit encounter={encounter} />
      <Text size="xs" c="dimmed" mb="sm">
        {t('openOnly')}
      </Text>
    </>
  );
};

/** What other hospitals keep of this patient is theirs until the patient shares it. */
const AskMore = ({ patient }: { readonly patient: Patient }) => {
  const { t } = useTranslation('chart');
  const uhid = uhidOf(patient.identifier);
  if (uhid === undefined) return null;
  return (
    <Button component={Link} href={`/access/${uhid}`} size="compact-sm" variant="default">
      {t('askMore')}
    </Button>
  );
};
