// PatientPicker: one field by which the desk finds a person of the hospital, by health ID, phone, birth date or name.

import { useId, useState } from 'react';
import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import { Listed } from '@meridian/ui/states/Listed.tsx';
import { Stack, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import type { Patient } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { patientQuery } from './find-patient.ts';
import classes from './PatientPicker.module.css';
import { PersonLine } from './PersonLine.tsx';

export interface PatientPickerProps {
  readonly label: string;
  readonly onPick: (patient: Patient) => void;
}

export const PatientPicker = ({ label, onPick }: PatientPickerProps) => {
  const { t } = useTranslation('patients');
  const [typed, setTyped] = useState('');
  const [settled] = useDebouncedValue(typed, 400);
  const query = patientQuery(settled);
  const found = useSearch<Patient>('Patient', query);
  const list = useId();
  return (
    <Stack gap="xs">
      <TextInput
        label={label}
        description={t('find.how')}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        leftSection={<IconSearch size={16} aria-hidden />}
        autoComplete="off"
        aria-controls={list}
      />
      <div id={list} aria-live="polite">
        {query === undefined ? null : (
          <Listed found={found} empty={{ title: t('find.nobody'), text: t('find.nobodyText') }}>
            {(patients) => (
              <Stack gap={4} component="ul" className={classes.list}>
                {patients.map((patient) => (
                  <li key={patient.id}>
                    <UnstyledButton className={classes.person} onClick={() => onPick(patient)}>
                      <PersonLine patient={patient} />
                    </UnstyledButton>
                  </li>
                ))}
              </Stack>
            )}
          </Listed>
        )}
      </div>
    </Stack>
  );
};
