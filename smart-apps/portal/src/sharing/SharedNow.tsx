// SharedNow: what is shared with whom until when; and what was shared before.

import { useState } from 'react';
import { SegmentedControl, Stack, Title } from '@mantine/core';
import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import type { Consent } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { isProxys } from './consents.ts';
import { SharedCard } from './SharedCard.tsx';
import { Rows } from './Rows.tsx';

type Shown = keyof typeof asked;

export const SharedNow = () => {
  const { t } = useTranslation('sharing');
  const { patient } = useSession();
  const [shown, setShown] = useState<Shown>('now');
  const at = new Date().toISOString().slice(0, 13) + ':00:00Z';
  const found = useSearch<Consent>('Consent', { patient, ...asked[shown](at), _count: 20 });
  return (
    <Stack component="section">
      <Title order={2} size="h4">
        {t('shared.title')}
      </Title>
      <SegmentedControl
        fullWidth
        aria-label={t('shared.title')}
        value={shown}
        onChange={(value) => setShown(value as Shown)}
        data={Object.keys(asked).map((value) => ({ value, label: t(`shared.${value}`) }))}
      />
      <Rows
        found={{ ...found, items: found.items.filter((each) => !isProxys(each)) }}
        none={t(`shared.none.${shown}`)}
      >
        {(consents) =>
          consents.map((consent) => (
            <SharedCard key={consent.id} consent={consent} isOpen={shown === 'now'} />
          ))
        }
      </Rows>
    </Stack>
  );
};

const asked = {
  now: (at: string) => ({ status: 'active', period: `ge${at}`, _sort: '-date' }),
  over: (at: string) => ({ status: 'active', period: `eb${at}`, _sort: '-date' }),
  ended: () => ({ status: 'inactive,rejected', _sort: '-date' }),
};
