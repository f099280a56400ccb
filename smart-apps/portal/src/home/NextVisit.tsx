// NextVisit: the next appointment: when, with whom, where or by video.

import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import { offsetOf } from '@meridian/ui/time/offset.ts';
import { statusesOf } from '@meridian/ui/visits/states.ts';
import { Anchor, Badge, Card, Group, Text } from '@mantine/core';
import { IconBuildingHospital, IconVideo } from '@tabler/icons-react';
import type { Appointment } from 'fhir/r4';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { peopleOf } from '../record/describe.ts';
import { Part } from './Part.tsx';
import { Section } from './Section.tsx';
import { isByVideo } from './video.ts';

export const NextVisit = () => {
  const { t } = useTranslation('home');
  const { patient } = useSession();
  // Said once, so that the search stays the same one while the page is open.
  const [now] = useState(() => new Date().toISOString().slice(0, 16));
  const found = useSearch<Appointment>('Appointment', {
    ...{ patient, status: statusesOf('booked', 'arrived'), date: `ge${now}:00Z` },
    ...{ _sort: 'date', _count: 1 },
  });
  return (
    <Section title={t('next.title')}>
      <Part found={found} none={t('next.none')}>
        {([appointment]) => (appointment === undefined ? null : <Visit {...{ appointment }} />)}
      </Part>
    </Section>
  );
};

const Visit = ({ appointment }: { readonly appointment: Appointment }) => {
  const { t } = useTranslation('home');
  const format = useFormat();
  const { id = '', start = '', description, serviceType, specialty } = appointment;
  // As the clocks of its place say it.
  const zone = offsetOf(start);
  const byVideo = isByVideo(appointment);
  const ModeIcon = byVideo ? IconVideo : IconBuildingHospital;
  return (
    <Card withBorder padding="md">
      <Anchor component={Link} href={`/visits/${id}`} fw={700} size="lg">
        {`${format.day(start, zone)}, ${format.time(start, zone)}`}
      </Anchor>
      <Text>{peopleOf(appointment).join(', ')}</Text>
      <Text size="sm" c="dimmed">
        {description ?? (format.concept(serviceType?.[0]) || format.concept(specialty?.[0]))}
      </Text>
      <Group mt="xs">
        <Badge variant="light" tt="none" leftSection={<ModeIcon size={14} aria-hidden />}>
          {t(byVideo ? 'next.video' : 'next.inPerson')}
        </Badge>
      </Group>
    </Card>
  );
};
