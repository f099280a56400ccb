// LookedPage: who has looked at the record, by day, in plain words; and what to do when something looks wrong.

import { useState } from 'react';
import { Alert, Checkbox, NativeSelect, SimpleGrid, Stack, TextInput, Title } from '@mantine/core';
import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Listed } from '@meridian/ui/states/Listed.tsx';
import { useDebouncedValue } from '@mantine/hooks';
import type { AuditEvent, Organization } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { LookLine } from './LookLine.tsx';
import { grouped, lookOf, type Look } from './looks.ts';
import { dayOf } from './days.ts';

export const LookedPage = () => {
  const { t } = useTranslation('sharing');
  const { patient, user } = useSession();
  const [typed, setTyped] = useState('');
  const [name] = useDebouncedValue(typed.trim(), 300);
  const [hospital, setHospital] = useState('');
  const [isWithOwn, setWithOwn] = useState(false);
  const hospitals = useSearch<Organization>('Organization', { _elements: 'name', _count: 100 });
  const found = useSearch<AuditEvent>('AuditEvent', {
    ...{ patient, _sort: '-date', _count: 20 },
    'agent-name:contains': name || undefined,
    agent: hospital || undefined,
    'agent-role:not': isWithOwn ? undefined : 'patient',
  });
  return (
    <>
      <PageTitle>{t('looked.title')}</PageTitle>
      <Stack>
        <Alert color="blue" title={t('looked.wrong')}>
          {t('looked.wrongText')}
        </Alert>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput
            type="search"
            label={t('looked.person')}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <NativeSelect
            label={t('looked.hospital')}
            value={hospital}
            onChange={(event) => setHospital(event.currentTarget.value)}
            data={[
              { value: '', label: t('looked.all') },
              ...hospitals.items.map(({ id = '', name: label = '' }) => ({
                ...{ value: `Organization/${id}`, label },
              })),
            ]}
          />
        </SimpleGrid>
        <Checkbox
          label={t(user === `Patient/${patient ?? ''}` ? 'looked.own' : 'looked.patients')}
          checked={isWithOwn}
          onChange={(event) => setWithOwn(event.currentTarget.checked)}
        />
        <Listed found={found} empty={{ title: t('looked.none') }}>
          {(events) => <Days looks={events.map(lookOf)} />}
        </Listed>
      </Stack>
    </>
  );
};

const Days = ({ looks }: { readonly looks: readonly Look[] }) => {
  const format = useFormat();
  const days = Map.groupBy(grouped(looks), ({ at }) => dayOf(at));
  return [...days].map(([day, groups]) => (
    <Stack key={day} component="section" gap="xs">
      <Title order={2} size="h5">
        {format.day(groups[0]!.at)}
      </Title>
      <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
        {groups.map((group) => (
          <LookLine key={group.id} look={group} />
        ))}
      </Stack>
    </Stack>
  ));
};
