// VisitsPage: the visits to come, those that were, and those that were cancelled.

import { useState } from 'react';
import { Button, SegmentedControl, Stack } from '@mantine/core';
import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Listed } from '@meridian/ui/states/Listed.tsx';
import { statusesOf } from '@meridian/ui/visits/states.ts';
import type { Appointment } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { HeldVisits, WaitingVisits } from './HeldVisits.tsx';
import { VisitLink } from './VisitLink.tsx';

const kinds = ['coming', 'past', 'cancelled'] as const;
type Kind = (typeof kinds)[number];

export const VisitsPage = () => {
  const { t } = useTranslation('visits');
  const [, go] = useLocation();
  const { patient } = useSession();
  const [kind, setKind] = useState<Kind>('coming');
  // The hour, so that the question is the same while somebody looks around.
  const now = new Date().toISOString().slice(0, 13) + ':00:00Z';
  const found = useSearch<Appointment>('Appointment', { patient, ...asked(kind, now), _count: 10 });
  return (
    <>
      <PageTitle
        actions={
          <Button component={Link} href="/visits/new">
            {t('list.book')}
          </Button>
        }
      >
        {t('list.title')}
      </PageTitle>
      <Stack>
        <HeldVisits />
        <WaitingVisits />
        <SegmentedControl
          fullWidth
          aria-label={t('list.show')}
          value={kind}
          onChange={(value) => setKind(value)}
          data={kinds.map((value) => ({ value, label: t(`list.${value}`) }))}
        />
        <Listed
          found={found}
          empty={{
            title: t(`list.none.${kind}`),
            ...(kind === 'coming'
              ? { action: { label: t('list.book'), run: () => go('/visits/new') } }
              : {}),
          }}
        >
          {(visits) => (
            <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: 'none' }}>
              {visits.map((visit) => (
                <li key={visit.id}>
                  <VisitLink visit={visit} />
                </li>
              ))}
            </Stack>
          )}
        </Listed>
      </Stack>
    </>
  );
};

const asked = (kind: Kind, now: string) =>
  ({
    coming: {
      ...{ status: statusesOf('booked', 'arrived'), date: `ge${now}` },
      _sort: 'date',
    },
    past: {
      ...{ status: statusesOf('booked', 'arrived', 'done', 'no-show'), date: `lt${now}` },
      _sort: '-date',
    },
    cancelled: { status: statusesOf('cancelled'), _sort: '-date' },
  })[kind];
