// BetterWords: the number, birth date and name as they should have been, beside what was sent.

import { uhidOf } from '@meridian/ui/format/person.ts';
import { useDraft } from '@meridian/ui/session/useDraft.ts';
import { today } from '@meridian/ui/time/day.ts';
import { Button, SimpleGrid, Stack, TextInput } from '@mantine/core';
import type { Patient } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { readUhid } from '../patients/uhid.ts';
import type { Identified } from './held.ts';

export interface BetterWordsProps {
  readonly task: string;
  readonly named: Patient | undefined;
  readonly isBusy: boolean;
  readonly onFile: (as: Identified) => void;
}

export const BetterWords = ({ task, named, isBusy, onFile }: BetterWordsProps) => {
  const { t } = useTranslation('held');
  const { t: upload } = useTranslation('upload');
  const [words, setWords] = useDraft(`held:${task}`, {
    uhid: uhidOf(named?.identifier) ?? '',
    birthDate: named?.birthDate ?? '',
    family: named?.name?.[0]?.family ?? '',
  });
  const uhid = readUhid(words.uhid);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (uhid.ok) onFile({ kind: 'words', ...words });
      }}
    >
      <Stack align="flex-start">
        <SimpleGrid cols={{ base: 1, xs: 3 }} w="100%">
          <TextInput
            label={upload('uhid')}
            value={words.uhid}
            inputMode="numeric"
            error={uhid.ok ? undefined : upload(`uhidFaults.${uhid.fault}`)}
            onChange={({ currentTarget }) => setWords({ ...words, uhid: currentTarget.value })}
          />
          <TextInput
            label={upload('birthDate')}
            type="date"
            max={today()}
            value={words.birthDate}
            onChange={({ currentTarget }) => setWords({ ...words, birthDate: currentTarget.value })}
          />
          <TextInput
            label={upload('family')}
            value={words.family}
            onChange={({ currentTarget }) => setWords({ ...words, family: currentTarget.value })}
          />
        </SimpleGrid>
        <Button
          type="submit"
          loading={isBusy}
          disabled={!uhid.ok || (words.birthDate === '' && words.family.trim() === '')}
        >
          {t('file')}
        </Button>
      </Stack>
    </form>
  );
};
