// CardPage: the person's health ID, its card that others can check, cards of vaccinations and results, and the handle to share.

import { useState } from 'react';
import { Button, Group, Paper, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useRead } from '@meridian/ui/fhir/hooks.ts';
import { uhidOf } from '@meridian/ui/format/person.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Empty } from '@meridian/ui/states/Empty.tsx';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Loading } from '@meridian/ui/states/Loading.tsx';
import type { Patient } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { cardKinds, type CardKind } from './health-card.ts';
import { RevokeCards } from './RevokeCards.tsx';
import { SharingHandle } from './SharingHandle.tsx';
import { ShownCard } from './ShownCard.tsx';
import { useHealthCards } from './useHealthCards.ts';

export const CardPage = () => {
  const { t } = useTranslation('card');
  const [kind, setKind] = useState<CardKind>('Patient');
  return (
    <>
      <PageTitle
        actions={
          <Button variant="default" data-print="hide" onClick={() => globalThis.print()}>
            {t('print')}
          </Button>
        }
      >
        {t('title')}
      </PageTitle>
      <Stack gap="xl">
        <HealthId />
        <Stack component="section">
          <Title order={2} size="h4">
            {t('cards.title')}
          </Title>
          <SegmentedControl
            fullWidth
            data-print="hide"
            aria-label={t('cards.title')}
            value={kind}
            onChange={(value) => setKind(value)}
            data={cardKinds.map((value) => ({ value, label: t(`cards.${value}`) }))}
          />
          <Cards kind={kind} />
        </Stack>
        <SharingHandle />
        <RevokeCards />
      </Stack>
    </>
  );
};

const HealthId = () => {
  const { t } = useTranslation('card');
  const format = useFormat();
  const { patient } = useSession();
  const { data } = useRead<Patient>('Patient', patient);
  const uhid = uhidOf(data?.identifier);
  if (data === undefined) return null;
  return (
    <Paper withBorder p="lg" ta="center">
      <Text>{format.name(data.name)}</Text>
      {uhid === undefined ? (
        <Text>{t('noNumber')}</Text>
      ) : (
        <Text ff="monospace" fw={700} fz="clamp(1.4rem, 7vw, 2.4rem)" lh={1.3}>
          {format.uhid(uhid)}
        </Text>
      )}
      <Text size="sm">{t('numberHint')}</Text>
    </Paper>
  );
};

const Cards = ({ kind }: { readonly kind: CardKind }) => {
  const { t } = useTranslation('card');
  const { data, error, refetch } = useHealthCards(kind);
  if (error !== null && data === undefined)
    return <Failure error={error} again={() => void refetch()} />;
  if (data === undefined) return <Loading label={t('cards.signing')} />;
  if (data.length === 0) return <Empty title={t(`cards.none.${kind}`)} />;
  return (
    <Stack>
      {data.map((card) => (
        <ShownCard key={card.jws} card={card} isOpen={data.length === 1} />
      ))}
      <Group>
        <Text size="sm">{t('cards.proves')}</Text>
      </Group>
    </Stack>
  );
};
