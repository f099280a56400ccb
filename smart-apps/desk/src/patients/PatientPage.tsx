// PatientPage: somebody at the counter: the health ID in big figures, the card, and what comes next.

import { useRead } from '@meridian/ui/fhir/hooks.ts';
import { contactOf, uhidOf } from '@meridian/ui/format/person.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import type { PageProps } from '@meridian/ui/shell/Pages.tsx';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Loading } from '@meridian/ui/states/Loading.tsx';
import { Button, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { Patient } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { isMinor } from './minor.ts';
import { Enrol } from './Enrol.tsx';
import { Guardian } from './Guardian.tsx';
import { NextVisits } from './NextVisits.tsx';
import { UhidCard } from './UhidCard.tsx';

export const PatientPage = ({ params: { id = '' } }: PageProps) => {
  const { t } = useTranslation('patients');
  const format = useFormat();
  const { data: patient, error, isLoading, refetch } = useRead<Patient>('Patient', id);
  if (isLoading) return <Loading />;
  if (patient === undefined) return <Failure error={error} again={() => void refetch()} />;
  const uhid = uhidOf(patient.identifier);
  return (
    <>
      <PageTitle>{format.name(patient.name) || t('nameless')}</PageTitle>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Stack>
          {uhid === undefined ? (
            <Enrol patient={patient} />
          ) : (
            <UhidCard patient={patient} uhid={uhid} />
          )}
        </Stack>
        <Stack>
          <Paper withBorder p="md" component="section">
            <Title order={2} size="h4" mb="sm">
              {t('next')}
            </Title>
            <Group>
              <Button component={Link} href={`/book/${id}`}>
                {t('book')}
              </Button>
              <Button component={Link} href={`/upload/${id}`} variant="default">
                {t('upload')}
              </Button>
            </Group>
          </Paper>
          <Person patient={patient} />
          {isMinor(patient.birthDate, new Date()) ? <Guardian child={patient} /> : null}
          <NextVisits patient={id} />
        </Stack>
      </SimpleGrid>
    </>
  );
};

const Person = ({ patient }: { readonly patient: Patient }) => {
  const { t } = useTranslation('patients');
  const { t: ui } = useTranslation('ui');
  const format = useFormat();
  const contact = [contactOf(patient.telecom, 'phone'), contactOf(patient.telecom, 'email')];
  const lines = [
    [t('born'), `${format.date(patient.birthDate)} (${format.age(patient.birthDate)})`],
    [t('sex'), ui(`patient.gender.${patient.gender ?? 'unknown'}`)],
    [t('contact'), contact.filter(Boolean).join(', ')],
    [t('address'), format.address(patient.address?.[0])],
  ].filter(([, value]) => value !== '');
  return (
    <Paper withBorder p="md" component="dl" m={0}>
      {lines.map(([label, value]) => (
        <Group key={label} gap="sm" wrap="nowrap" align="flex-start">
          <Text component="dt" size="sm" c="dimmed" miw="6rem">
            {label}
          </Text>
          <Text component="dd" size="sm" m={0}>
            {value}
          </Text>
        </Group>
      ))}
    </Paper>
  );
};
