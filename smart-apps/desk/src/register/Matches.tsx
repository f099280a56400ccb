// Matches: while one types, who of this hospital's people it may be already: how sure that is, and why.

import { useSession } from '@meridian/ui/session/session.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Paper, Stack, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { Patient } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { MatchCard } from './MatchCard.tsx';
import { findMatches } from './matches.ts';
import { isEnoughToMatch, patientOf, type PersonForm } from './person.ts';

export interface MatchesProps {
  readonly person: PersonForm;
  readonly onChoose: (patient: Patient) => void;
}

export const Matches = ({ person, onChoose }: MatchesProps) => {
  const { t } = useTranslation('register');
  const { fhir } = useSession();
  const [settled] = useDebouncedValue(person, 600);
  const isEnough = isEnoughToMatch(settled);
  const patient = patientOf(settled);
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['Patient', 'match', patient],
    queryFn: () => findMatches(fhir, patient),
    enabled: isEnough,
    // What was found stays in sight while one goes on typing.
    placeholderData: (before) => before,
  });
  const matches = isEnough ? (data ?? []) : [];
  return (
    <Paper withBorder p="md" component="section" aria-label={t('matches.title')}>
      <Stack>
        <Title order={2} size="h4">
          {t('matches.title')}
        </Title>
        <Text size="sm" role="status">
          {isEnough
            ? isFetching
              ? t('matches.looking')
              : t('matches.found', { count: matches.length })
            : t('matches.how')}
        </Text>
        <Failure error={isEnough ? error : undefined} again={() => void refetch()} />
        {matches.map(({ patient: found, grade }) => (
          <MatchCard
            key={found.id}
            person={patient}
            known={found}
            grade={grade}
            action={{ label: t('matches.choose'), run: () => onChoose(found) }}
          />
        ))}
      </Stack>
    </Paper>
  );
};
