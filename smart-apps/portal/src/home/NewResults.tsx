// NewResults: results that came since the person was last here.

import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { flagOf } from '@meridian/ui/record/flag.ts';
import { FlagBadge } from '@meridian/ui/record/FlagBadge.tsx';
import { useSession } from '@meridian/ui/session/session.ts';
import { Anchor, Card, Group, Stack, Text } from '@mantine/core';
import type { Observation } from 'fhir/r4';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { dateOf } from '../record/dates.ts';
import { resultHref } from '../results/test-key.ts';
import { Part } from './Part.tsx';
import { Section } from './Section.tsx';
import { newSince } from './since.ts';

export const NewResults = () => {
  const { t } = useTranslation('home');
  const { patient = '' } = useSession();
  const format = useFormat();
  const [since] = useState(() => newSince(patient, new Date(), localStorage));
  const found = useSearch<Observation>('Observation', {
    ...{ patient, category: 'laboratory', _lastUpdated: `ge${since}`, _sort: '-date', _count: 5 },
    _elements: 'code,effective,issued,value,component,interpretation,referenceRange',
  });
  return (
    <Section title={t('results.title')}>
      <Stack gap="sm">
        <Part found={found} none={t('results.none', { date: format.date(since) })}>
          {(items) => items.map((item) => <Result key={item.id} observation={item} />)}
        </Part>
        <Anchor component={Link} href="/results">
          {t('results.all')}
        </Anchor>
      </Stack>
    </Section>
  );
};

const Result = ({ observation }: { readonly observation: Observation }) => {
  const format = useFormat();
  return (
    <Card withBorder padding="sm">
      <Anchor component={Link} href={resultHref(observation)} fw={600}>
        {format.concept(observation.code)}
      </Anchor>
      <Group gap="sm">
        <Text fw={700}>{format.value(observation)}</Text>
        <FlagBadge flag={flagOf(observation)} />
        <Text size="sm" c="dimmed">
          {format.date(dateOf(observation))}
        </Text>
      </Group>
    </Card>
  );
};
