// SharedNow: what is shared with whom until when; and what was shared before.

import { useState } from 'react';
import { SegmentedControl, Stack, Title } from '@mantine/core';
import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import type { Consent } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { isInForce, isProxys } from './consents.ts';
import { SharedCard } from './SharedCard.tsx';
import { Rows } from './Rows.tsx';

type Shown = keyof typeof shownAs;

export const SharedNow = () => {
  const { t } = useTranslation('sharing');
  const { patient } = useSession();
  const [shown, setShown] = useState<Shown>('now');
  const { status, fits } = shownAs[shown];
  const found = useSearch<Consent>('Consent', { patient, status, _sort: '-date', _count: 50 });
  const items = found.items.filter((each) => !isProxys(each) && fits(each));
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
        data={Object.keys(shownAs).map((value) => ({ value, label: t(`shared.${value}`) }))}
      />
      <Rows found={{ ...found, items }} none={t(`shared.none.${shown}`)}>
        {(consents) =>
          consents.map((consent) => (
            <SharedCard key={consent.id} consent={consent} isOpen={shown === 'now'} />
          ))
        }
      </Rows>
    </Stack>
  );
};

/** Whether an active one has ended is not asked: those without an end would not be found. */
const shownAs = {
  now: { status: 'active', fits: isInForce },
  over: { status: 'active', fits: (consent: Consent) => !isInForce(consent) },
  ended: { status: 'inactive,rejected', fits: () => true },
} as const;
