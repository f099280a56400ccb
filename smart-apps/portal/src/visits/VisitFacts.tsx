// VisitFacts: when, where, with whom, how and for how much: what one wants to know of a visit, before booking it and after.

import { Anchor, Stack, Text } from '@mantine/core';
import { useRead } from '@meridian/ui/fhir/hooks.ts';
import { contactOf } from '@meridian/ui/format/person.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { actorOf, idOf, modeOf } from '@meridian/ui/visits/visit.ts';
import type { Appointment, Location } from 'fhir/r4';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePrices } from './hooks.ts';
import { Moment } from './Moment.tsx';
import { ForWhom } from './ForWhom.tsx';
import { WithWhom } from './WithWhom.tsx';
import { ModeLine, Wished } from './VisitLink.tsx';

export const VisitFacts = ({ visit }: { readonly visit: Appointment }) => {
  const { t } = useTranslation('visits');
  const format = useFormat();
  const service = idOf(actorOf(visit, 'HealthcareService')?.reference);
  const price = usePrices(service === undefined ? [] : [service])(service ?? '');
  const { start, minutesDuration, specialty, comment } = visit;
  return (
    <Stack component="dl" gap="md" m={0}>
      <Fact name={t('facts.when')}>
        {start === undefined ? <Wished visit={visit} /> : <Moment value={start} />}
        {minutesDuration === undefined ? null : (
          <Text size="sm">{t('facts.minutes', { count: minutesDuration })}</Text>
        )}
      </Fact>
      <Fact name={t('facts.who')}>
        <WithWhom visit={visit} />
        {specialty === undefined ? null : ` · ${format.concept(specialty[0])}`}
      </Fact>
      <Fact name={t('facts.for')}>
        <ForWhom />
      </Fact>
      <Fact name={t('facts.how')}>
        <ModeLine visit={visit} />
      </Fact>
      <Where visit={visit} />
      {price === undefined ? null : <Fact name={t('facts.price')}>{format.money(price)}</Fact>}
      {comment === undefined ? null : <Fact name={t('facts.reason')}>{comment}</Fact>}
    </Stack>
  );
};

export const Fact = ({
  name,
  children,
}: {
  readonly name: string;
  readonly children: ReactNode;
}) => (
  <div>
    <Text component="dt" size="sm" c="dimmed">
      {name}
    </Text>
    <dd style={{ margin: 0 }}>{children}</dd>
  </div>
);

/** How to get there, in words; nobody's address is told to a map. */
const Where = ({ visit }: { readonly visit: Appointment }) => {
  const { t } = useTranslation('visits');
  const format = useFormat();
  const { data: place } = useRead<Location>(
    'Location',
    idOf(actorOf(visit, 'Location')?.reference),
  );
  if (place === undefined) return null;
  const phone = contactOf(place.telecom, 'phone');
  return (
    <Fact name={t(modeOf(visit) === 'video' ? 'facts.hospital' : 'facts.where')}>
      <Text fw={600}>{place.name}</Text>
      {modeOf(visit) === 'video' ? (
        <Text size="sm">{t('visit.videoHow')}</Text>
      ) : (
        <>
          <Text size="sm">{format.address(place.address)}</Text>
          <Text size="sm">{place.description ?? t('visit.directions')}</Text>
        </>
      )}
      {phone === undefined ? null : (
        <Anchor href={`tel:${phone.replaceAll(' ', '')}`}>
          <bdi>{phone}</bdi>
        </Anchor>
      )}
    </Fact>
  );
};
