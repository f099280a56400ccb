// WordFields: whose a report is, what kind it is and of which day: for all files, or for one.

import { today } from '@meridian/ui/time/day.ts';
import { NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { readUhid } from '../patients/uhid.ts';
import { reportKinds } from './kinds.ts';
import type { Words } from './row.ts';

export interface WordFieldsProps {
  readonly words: Words;
  readonly onChange: (words: Words) => void;
}

export const WordFields = ({ words, onChange }: WordFieldsProps) => {
  const { t } = useTranslation('upload');
  const set = (name: keyof Words, value: string) => onChange({ ...words, [name]: value });
  const uhid = readUhid(words.uhid);
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 5 }} spacing="xs">
      <TextInput
        label={t('uhid')}
        value={words.uhid}
        inputMode="numeric"
        autoComplete="off"
        error={words.uhid.trim() === '' || uhid.ok ? undefined : t(`uhidFaults.${uhid.fault}`)}
        onChange={({ currentTarget }) => set('uhid', currentTarget.value)}
      />
      <TextInput
        label={t('birthDate')}
        type="date"
        max={today()}
        value={words.birthDate}
        onChange={({ currentTarget }) => set('birthDate', currentTarget.value)}
      />
      <TextInput
        label={t('family')}
        value={words.family}
        autoComplete="off"
        onChange={({ currentTarget }) => set('family', currentTarget.value)}
      />
      <NativeSelect
        label={t('kind')}
        value={words.kind}
        onChange={({ currentTarget }) => set('kind', currentTarget.value)}
        data={[
          { value: '', label: t('anyKind') },
          ...reportKinds.map(({ name }) => ({ value: name, label: t(`kinds.${name}`) })),
        ]}
      />
      <TextInput
        label={t('date')}
        type="date"
        max={today()}
        value={words.date}
        onChange={({ currentTarget }) => set('date', currentTarget.value)}
      />
    </SimpleGrid>
  );
};
