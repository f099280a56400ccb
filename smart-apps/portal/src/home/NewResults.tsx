// NewResults: results that came since the person was last here.

import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import { Anchor, Stack } from '@mantine/core';
import type { Observation } from 'fhir/r4';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { latestOfEach } from '../results/latest.ts';
import { ResultCard } from '../results/ResultCard.tsx';
import { onlyValid } from '../results/valid.ts';
import { Part } from './Part.tsx';
import { Section } from './Section.tsx';
import { newSince } from './since.ts';

export const NewResults = () => {
  const { t } = useTranslation('home');
  const { patient = '' } = useSession();
  const format = useFormat();
  const [since] = useState(() => newSince(patient, new Date(), localStorage));
  const found = useSearch<Observation>('Observation', {
    ...{ patient, category: 'laboratory', _lastUpdated: `ge${since}`, _sort: '-date', _count: 20 },
    ...onlyValid,
    _elements: 'code,effective,issued,value,component,interpretation,referenceRange',
  });
  return (
    <Section title={t('results.title')}>
      <Stack gap="sm">
        <Part found={found} none={t('results.none', { date: format.date(since) })}>
          {(items) => (
            <Stack gap="sm" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
              {latestOfEach(items)
                .slice(0, 4)
                .map(({ latest, count }) => (
                  <ResultCard key={latest.id} observation={latest} count={count} />
                ))}
            </Stack>
          )}
        </Part>
        <Anchor component={Link} href="/results">
          {t('results.all')}
        </Anchor>
      </Stack>
    </Section>
  );
};
