// DuplicatesPage: the worklist of people who may be known already; each is opened, looked at and decided.

import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import { formatName } from '@meridian/ui/format/person.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Listed } from '@meridian/ui/states/Listed.tsx';
import { Button, Group, NativeSelect, Paper, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Patient, Task } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { aboutOf } from './decide.ts';
import { candidatesOf } from '../register/matches.ts';

const system = 'https://meridian.example/CodeSystem/identity-task';

export const DuplicatesPage = () => {
  const { t } = useTranslation('duplicates');
  const [status, setStatus] = useState('requested');
  const found = useSearch<Task>('Task', {
    code: `${system}|review-match,${system}|propose-merge`,
    status,
    _include: 'Task:focus',
    ...{ _sort: '-authored-on', _count: 10 },
  });
  const patients = new Map(
    found.included
      .filter((each): each is Patient => each.resourceType === 'Patient')
      .map((each) => [each.id, each]),
  );
  return (
    <>
      <PageTitle>{t('title')}</PageTitle>
      <NativeSelect
        label={t('show')}
        value={status}
        mb="md"
        maw="20rem"
        onChange={({ currentTarget }) => setStatus(currentTarget.value)}
        data={['requested', 'accepted', 'completed'].map((value) => ({
          ...{ value, label: t(`statuses.${value}`) },
        }))}
      />
      <Listed found={found} empty={{ title: t('none'), text: t('noneText') }}>
        {(tasks) => (
          <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
            {tasks.map((task) => (
              <Row key={task.id} task={task} patients={patients} />
            ))}
          </Stack>
        )}
      </Listed>
    </>
  );
};

interface RowProps {
  readonly task: Task;
  readonly patients: ReadonlyMap<string | undefined, Patient>;
}

const Row = ({ task, patients }: RowProps) => {
  const { t } = useTranslation('duplicates');
  const format = useFormat();
  const about = aboutOf(task);
  const person = about && 'person' in about ? about.person : patients.get(about?.id);
  const name = formatName(person?.name) || t('nameless');
  return (
    <Paper component="li" withBorder p="sm">
      <Group justify="space-between">
        <div>
          <Text fw={600}>{name}</Text>
          <Text size="sm">
            {format.date(person?.birthDate)} · {t('count', { count: candidatesOf(task).length })} ·{' '}
            {format.dateTime(task.authoredOn)}
          </Text>
        </div>
        {task.status === 'requested' ? (
          <Button
            component={Link}
            href={`/duplicates/${task.id ?? ''}`}
            variant="light"
            aria-label={t('openWho', { name })}
          >
            {t('open')}
          </Button>
        ) : null}
      </Group>
    </Paper>
  );
};
