// FoundTimes: free times by day and by whom, with the price; one is chosen with a button.

import { Button, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import type { Appointment } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { usePrices, type PriceOf } from './hooks.ts';
import { byDay, isElsewhere, offsetOf, type Offer } from './times.ts';
import { idOf } from './visit.ts';
import { ModeLine } from './VisitLink.tsx';

export interface FoundTimesProps {
  readonly times: readonly Appointment[];
  readonly choose: (proposal: Appointment) => void;
  /** The id of the proposal that is being taken; no other can be chosen meanwhile. */
  readonly taking: string | undefined;
}

export const FoundTimes = ({ times, ...choosing }: FoundTimesProps) => {
  const format = useFormat();
  const days = byDay(times);
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

interface OfferedTimesProps extends Omit<FoundTimesProps, 'times'> {
  readonly offer: Offer;
  readonly priceOf: PriceOf;
}

const OfferedTimes = ({ offer, priceOf, choose, taking }: OfferedTimesProps) => {
  const format = useFormat();
  const { name, first, times, service } = offer;
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
        <ModeLine visit={first} />
        <Group gap="xs">
          {times.map((time) => (
            <TimeButton key={time.id} {...{ time, name, choose, taking }} />
          ))}
        </Group>
      </Stack>
    </Paper>
  );
};

const TimeButton = ({
  time,
  name,
  choose,
  taking,
}: Omit<FoundTimesProps, 'times'> & { readonly time: Appointment; readonly name: string }) => {
  const { t } = useTranslation('visits');
  const format = useFormat();
  const { start = '', id } = time;
  const zone = offsetOf(start);
  const shown = format.time(start, zone);
  const own = isElsewhere(start) ? t('find.yourTime', { time: format.time(start) }) : '';
  return (
    <Button
      variant="light"
      size="sm"
      px="sm"
      h="auto"
      mih={40}
      loading={taking === id}
      disabled={taking !== undefined && taking !== id}
      aria-label={`${shown} ${own} ${format.day(start, zone)}, ${name}`}
      onClick={() => choose(time)}
    >
      <Stack gap={0}>
        <span>{shown}</span>
        {own === '' ? null : <Text size="xs">{own}</Text>}
      </Stack>
    </Button>
  );
};
