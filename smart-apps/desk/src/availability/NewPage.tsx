// NewPage: a Schedule for a doctor who has none of this kind yet.

import { useState } from 'react';
import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { create } from '@meridian/ui/fhir/write.ts';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { NativeSelect, SimpleGrid, Stack, Text } from '@mantine/core';
import type { Schedule } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useDoctors, usePlaces } from '../hospital/useHospital.ts';
import { newForm } from './form.ts';
import { newSchedule } from './schedule.ts';
import { RulesForm } from './RulesForm.tsx';

export const NewPage = () => {
  const { t } = useTranslation('availability');
  const [, go] = useLocation();
  const doctors = useDoctors();
  const places = usePlaces().items.map(({ id = '', name = id }) => ({
    ...{ reference: `Location/${id}`, display: name },
  }));
  const [who, setWho] = useState('');
  const [where, setWhere] = useState('');
  const creating = useWrite(create<Schedule>, ['Schedule', 'Appointment']);
  const doctor = doctors.find(({ reference }) => reference === who);
  const place = places.find(({ reference }) => reference === where);
  return (
    <>
      <PageTitle>{t('add')}</PageTitle>
      <Stack>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <NativeSelect
            label={t('doctor')}
            value={who}
            onChange={({ currentTarget }) => setWho(currentTarget.value)}
            data={[
              { value: '', label: t('choose') },
              ...doctors.map(({ reference, name }) => ({ value: reference, label: name })),
            ]}
          />
          <NativeSelect
            label={t('place')}
            value={where}
            onChange={({ currentTarget }) => setWhere(currentTarget.value)}
            data={[
              { value: '', label: t('noPlace') },
              ...places.map(({ reference, display }) => ({ value: reference, label: display })),
            ]}
          />
        </SimpleGrid>
        {doctor === undefined ? (
          <Text>{t('chooseFirst')}</Text>
        ) : (
          <RulesForm
            schedule={newSchedule(
              { reference: doctor.reference, display: doctor.name },
              place,
              doctor.specialty,
            )}
            initial={newForm}
            isBusy={creating.isPending}
            error={creating.error}
            onReadAgain={() => creating.reset()}
            onSave={(schedule, done) =>
              creating.mutate(schedule, {
                onSuccess: ({ id = '' }) => {
                  done();
                  go(`/availability/${id}`);
                },
              })
            }
          />
        )}
      </Stack>
    </>
  );
};
