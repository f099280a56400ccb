// HeldUpload: one report that waits: whom it names, and the ways to file it or to give it up.

import { useState } from 'react';
import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { uhidOf } from '@meridian/ui/format/person.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Alert, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { Task } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { PatientPicker } from '../patients/PatientPicker.tsx';
import { PersonLine } from '../patients/PersonLine.tsx';
import { BetterWords } from './BetterWords.tsx';
import { GiveUpDialog } from './GiveUpDialog.tsx';
import { fileUpload, namedIn, type Identified } from './held.ts';

export interface HeldUploadProps {
  readonly task: Task;
  /** Of whom it was said to be. */
  readonly onFiled: (about: string) => void;
}

export const HeldUpload = ({ task, onFiled }: HeldUploadProps) => {
  const { t } = useTranslation('held');
  const format = useFormat();
  const [way, setWay] = useState<'words' | 'person'>();
  const [isAsking, { open, close }] = useDisclosure();
  const named = namedIn(task);
  const id = task.id ?? '';
  const about = format.uhid(uhidOf(named?.identifier));
  const filing = useWrite(fileUpload, ['Task'], ({ status }) => {
    if (status === 'completed') onFiled(about);
  });
  const file = (as: Identified) => filing.mutate({ task: id, as });
  const doesNotFit = filing.data?.status === 'requested';
  return (
    <Paper component="li" withBorder p="sm" aria-label={t('aboutWho', { about })}>
      <Stack gap="sm">
        <div>
          {named === undefined ? null : <PersonLine patient={named} />}
          <Text size="sm">{t('since', { when: format.dateTime(task.authoredOn) })}</Text>
        </div>
        <Group gap="xs">
          <Button
            variant={way === 'words' ? 'light' : 'default'}
            aria-expanded={way === 'words'}
            onClick={() => setWay(way === 'words' ? undefined : 'words')}
          >
            {t('words')}
          </Button>
          <Button
            variant={way === 'person' ? 'light' : 'default'}
            aria-expanded={way === 'person'}
            onClick={() => setWay(way === 'person' ? undefined : 'person')}
          >
            {t('person')}
          </Button>
          <Button variant="subtle" color="red" onClick={open}>
            {t('giveUp')}
          </Button>
        </Group>
        {way === 'words' ? (
          <BetterWords task={id} named={named} isBusy={filing.isPending} onFile={file} />
        ) : null}
        {way === 'person' ? (
          <PatientPicker
            label={t('who')}
            onPick={({ id: patient = '' }) => file({ kind: 'patient', id: patient })}
          />
        ) : null}
        {doesNotFit ? (
          <Alert role="alert" color="yellow">
            {t('doesNotFit')}
          </Alert>
        ) : null}
        <Failure error={filing.error} />
      </Stack>
      <GiveUpDialog task={id} isOpen={isAsking} onClose={close} />
    </Paper>
  );
};
