// Decide: a Task that asks whether somebody is known already, with all who come into question; one decision counts.

import { useState } from 'react';
import { useRead, useWrite } from '@meridian/ui/fhir/hooks.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Loading } from '@meridian/ui/states/Loading.tsx';
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import type { Patient, Task } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { PersonLine } from '../patients/PersonLine.tsx';
import { candidatesOf } from '../register/matches.ts';
import { AskPerson } from './AskPerson.tsx';
import { CandidateCard } from './CandidateCard.tsx';
import { aboutOf, decide, type Decided } from './decide.ts';
import { MergeDialog } from './MergeDialog.tsx';

export interface DecideProps {
  /** Logical id. */
  readonly task: string;
  readonly onDone: (patient: Patient) => void;
  readonly onBack: () => void;
}

export const Decide = ({ task: id, onDone, onBack }: DecideProps) => {
  const { t } = useTranslation('duplicates');
  const { data: task, error, refetch } = useRead<Task>('Task', id);
  const about = task === undefined ? undefined : aboutOf(task);
  const stored = useRead<Patient>('Patient', about && 'id' in about ? about.id : undefined);
  const settle = (decided: Decided) => {
    if (decided.state === 'patient') onDone(decided.patient);
  };
  const deciding = useWrite(decide, ['Task', 'Patient'], settle);
  const [same, setSame] = useState<Patient>();
  const failed = error ?? stored.error;
  const person = about && 'person' in about ? about.person : stored.data;
  if (failed !== null) return <Failure error={failed} again={() => void refetch()} />;
  if (task === undefined || person === undefined) return <Loading />;

  const isStored = stored.data !== undefined;
  const candidates = candidatesOf(task);
  const decideSame = (patient: string) =>
    deciding.mutate({ task: id, decision: { kind: 'same', patient } });
  if (deciding.data?.state === 'proposed' || task.status === 'accepted')
    return (
      <Alert role="status" color="green" title={t('proposed')}>
        <Stack align="flex-start" gap="sm">
          <Text>{t('proposedText')}</Text>
          <Button variant="default" size="xs" onClick={onBack}>
            {t('others')}
          </Button>
        </Stack>
      </Alert>
    );
  if (task.status === 'completed')
    return (
      <Alert role="status" title={t('decided')}>
        <Button variant="default" size="xs" onClick={onBack}>
          {t('others')}
        </Button>
      </Alert>
    );
  // Where nobody can be shown, the person is who knows.
  const ask = <AskPerson task={id} onDecided={settle} />;
  return (
    <Stack>
      <Text>{candidates.length > 0 ? t('question') : t('hidden')}</Text>
      <PersonLine patient={person} />
      <Failure error={deciding.error} again={() => void refetch()} />
      {candidates.map((candidate) => (
        <CandidateCard
          key={candidate.id}
          person={person}
          candidate={candidate}
          isBusy={deciding.isPending}
          onSame={(known) => (isStored ? setSame(known) : decideSame(candidate.id))}
        />
      ))}
      {candidates.length === 0 ? ask : null}
      <Group>
        <Button
          variant="default"
          loading={deciding.isPending}
          onClick={() => deciding.mutate({ task: id, decision: { kind: 'new' } })}
        >
          {isStored ? t('newStored') : t('newPerson')}
        </Button>
        <Button variant="subtle" onClick={onBack}>
          {t('back')}
        </Button>
      </Group>
      {candidates.length === 0 ? null : ask}
      <MergeDialog
        person={person}
        known={same}
        onClose={() => setSame(undefined)}
        onMerge={({ id: known = '' }) => {
          setSame(undefined);
          decideSame(known);
        }}
      />
    </Stack>
  );
};
