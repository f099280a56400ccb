// Identity: name, birth date, sex and numbers, which the registration of a hospital keeps.

import { uhidOf } from '@meridian/ui/format/person.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { Text, Title } from '@mantine/core';
import type { Patient } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { Facts } from './Facts.tsx';

export const Identity = ({ patient }: { readonly patient: Patient }) => {
  const { t } = useTranslation('profile');
  const { t: ui } = useTranslation('ui');
  const format = useFormat();
  const { name = [], birthDate, gender, identifier = [] } = patient;
  const numbers = identifier.filter(({ type }) => type?.coding?.some(({ code }) => code === 'MR'));
  return (
    <section>
      <Title order={2} size="h5">
        {t('identity.title')}
      </Title>
      <Facts
        facts={[
          [t('identity.name'), format.name(name)],
          [
            t('identity.alsoCalled'),
            name
              .map((each) => format.name(each))
              .filter((each) => each !== format.name(name))
              .join(', '),
          ],
          [t('identity.birthDate'), format.date(birthDate)],
          [t('identity.sex'), ui(`patient.gender.${gender ?? 'unknown'}`)],
          [t('identity.uhid'), format.uhid(uhidOf(identifier))],
          ...numbers.map(({ value = '', assigner }): [string, string] => [
            t('identity.numberAt', { hospital: assigner?.display ?? '' }),
            value,
          ]),
        ]}
      />
      <Text size="sm" c="dimmed" mt="xs">
        {t('identity.wrong')}
      </Text>
    </section>
  );
};
