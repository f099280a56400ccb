// FoundTimes: free times by day and by whom, with the price; one is chosen with a button.

import { useState } from 'react';
import { Button, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { offsetOf } from '@meridian/ui/time/offset.ts';
import { actorOf, idOf } from '@meridian/ui/visits/visit.ts';
import type { Appointment } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { usePrices, type PriceOf } from './hooks.ts';
import { Named } from '../sharing/Named.tsx';
import { TimeButton, type Choosing } from './TimeButton.tsx';
import { offersByDay, type Offer } from './times.ts';
import { ModeLine } from './VisitLink.tsx';

export interface FoundTimesProps extends Choosing {
  readonly times: readonly Appointment[];
}

export const FoundTimes = ({ times, ...choosing }: FoundTimesProps) => {
  const format = useFormat();
  const days = offersByDay(times);
  const services = days.flatMap(({ offers }) =>
    offers.flatMap(({ service }) => idOf(service) ?? []),
  );
  const priceOf = usePrices(services);
  return (
    <Stack gap="lg">
      {days.map(({ start, offers }) => (
        <Stack key={start.slice(0, 10)} component="section" gap="sm">
          <Title order={2} size="h4">
            {format.day(start, offsetOf(start))}
          </Title>
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            {offers.map((offer) => (
              <OfferedTimes key={offer.who} offer={offer} priceOf={priceOf} {...choosing} />
            ))}
          </SimpleGrid>
        </Stack>
      ))}
    </Stack>
  );
};

interface OfferedTimesProps extends Choosing {
  readonly offer: Offer;
  readonly priceOf: PriceOf;
}

/** As many as fit on a phone in two lines. */
const fewTimes = 5;

const OfferedTimes = ({ offer, priceOf, choose, taking }: OfferedTimesProps) => {
  const format = useFormat();
  const { t } = useTranslation('visits');
  const [isAll, setAll] = useState(false);
  const { name, first, times, service } = offer;
  // One more time takes no more room than the button for it.
  const shown = isAll || times.length <= fewTimes + 1 ? times : times.slice(0, fewTimes);
  const price = priceOf(idOf(service) ?? '');
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <div>
          <Title order={3} size="h5">
            {name}
          </Title>
          <Text size="sm">
            {[format.concept(first.specialty?.[0]), format.money(price)]
              .filter(Boolean)
              .join(' · ')}
          </Text>
        </div>
        <Group gap="md">
          <ModeLine visit={first} />
          <Text size="sm">
            <Named reference={actorOf(first, 'Location')?.reference} />
          </Text>
        </Group>
        <Group gap="xs">
          {shown.map((time, place) => (
            <TimeButton
              key={time.id}
              {...{ time, name, choose, taking }}
              takesFocus={isAll && place === fewTimes}
            />
          ))}
          {shown.length < times.length ? (
            <Button variant="subtle" size="sm" px="sm" mih={40} onClick={() => setAll(true)}>
              {t('find.more', { count: times.length - shown.length })}
            </Button>
          ) : null}
        </Group>
      </Stack>
    </Paper>
  );
};
