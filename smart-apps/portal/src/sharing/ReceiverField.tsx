// ReceiverField: finds a hospital or a doctor in the directory by name, and lets one of them be chosen.

import { useState } from 'react';
import { Fieldset, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import type { Organization, Practitioner, PractitionerRole } from 'fhir/r4';
import { useTranslation } from 'react-i18next';

export interface ReceiverFieldProps {
  /** `Organization/1` or `Practitioner/1`; '' for nobody yet. */
  readonly chosen: string;
  readonly choose: (reference: string) => void;
}

export const ReceiverField = ({ chosen, choose }: ReceiverFieldProps) => {
  const { t } = useTranslation('sharing');
  const [typed, setTyped] = useState('');
  const [name] = useDebouncedValue(typed.trim(), 300);
  const { found, error, again } = useReceivers(name);
  return (
    <Fieldset legend={t('form.receiver')}>
      <Stack gap="sm">
        <TextInput
          type="search"
          label={t('form.find')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Failure error={error} again={again} />
        {found.length === 0 ? <Text role="status">{t('form.nobody')}</Text> : null}
        <Radio.Group value={chosen} onChange={choose} aria-label={t('form.receiver')}>
          <Stack gap="sm">
            {found.map(({ reference, label, about }) => (
              <Radio key={reference} value={reference} label={label} description={about} />
            ))}
          </Stack>
        </Radio.Group>
      </Stack>
    </Fieldset>
  );
};

const most = 8;

/** Hospitals, and once a name is typed those who work in one. */
const useReceivers = (name: string) => {
  const format = useFormat();
  const hospitals = useSearch<Organization>('Organization', {
    ...{ active: 'true', 'name:contains': name || undefined, _count: most },
    _elements: 'name,address',
  });
  const roles = useSearch<PractitionerRole>(
    'PractitionerRole',
    name === ''
      ? undefined
      : {
          ...{ active: 'true', 'practitioner.name:contains': name, _count: most },
          _include: ['PractitionerRole:practitioner', 'PractitionerRole:organization'],
        },
  );
  const people = roles.items.flatMap(({ practitioner, organization, specialty }) => {
    const reference = practitioner?.reference;
    const person = roles.included.find(
      (each): each is Practitioner => `${each.resourceType}/${each.id ?? ''}` === reference,
    );
    if (reference === undefined) return [];
    const about = [format.concept(specialty?.[0]), organization?.display].filter(Boolean);
    return [
      {
        ...{ reference, about: about.join(' · ') },
        label: person === undefined ? (practitioner?.display ?? '') : format.name(person.name),
      },
    ];
  });
  return {
    found: [
      ...hospitals.items.map(({ id = '', name: label = '', address }) => ({
        ...{ reference: `Organization/${id}`, label, about: format.address(address?.[0]) },
      })),
      ...people,
    ],
    error: hospitals.error ?? roles.error,
    again: () => {
      hospitals.again();
      roles.again();
    },
  };
};
