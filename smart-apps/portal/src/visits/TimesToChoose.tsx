// TimesToChoose: free times in each of their states: being looked for, none, there, and taken by somebody else meanwhile.

import { Alert, Button, Group, Stack, VisuallyHidden } from '@mantine/core';
import { kindOf } from '@meridian/ui/fhir/failure.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Loading } from '@meridian/ui/states/Loading.tsx';
import type { TimesWanted } from '@meridian/ui/visits/free-times.ts';
import type { Appointment } from 'fhir/r4';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FoundTimes } from './FoundTimes.tsx';
import { useTimes } from './hooks.ts';

export interface TimesToChooseProps {
  readonly asked: TimesWanted | undefined;
  readonly from: string;
  readonly choose: (proposal: Appointment) => void;
  readonly taking: string | undefined;
  /** Why the last choice came to nothing. */
  readonly refusal: unknown;
  /** Shown where no time is free. */
  readonly none: ReactNode;
}

export const TimesToChoose = ({ asked, from, refusal, none, ...choosing }: TimesToChooseProps) => {
  const { t } = useTranslation('visits');
  const found = useTimes(asked, from);
  if (found.isPending) return <Loading label={t('find.looking')} />;
  return (
    <Stack>
      <VisuallyHidden role="status">{t('find.found', { count: found.total })}</VisuallyHidden>
      <Refused error={refusal} />
      {found.times.length === 0 ? (
        found.error === null ? (
          none
        ) : (
          <Failure error={found.error} again={() => void found.refetch()} />
        )
      ) : (
        <FoundTimes times={found.times} {...choosing} />
      )}
      {found.times.length > 0 ? <Failure error={found.error} /> : null}
      {found.hasNextPage ? (
        <Group justify="center">
          <Button
            variant="default"
            loading={found.isFetchingNextPage}
            onClick={() => void found.fetchNextPage()}
          >
            {t('find.later')}
          </Button>
        </Group>
      ) : null}
    </Stack>
  );
};

/** The full slot: what is free now stands below. */
const Refused = ({ error }: { readonly error: unknown }) => {
  const { t } = useTranslation('visits');
  const kind = error === null || error === undefined ? undefined : kindOf(error);
  if (kind !== 'conflict' && kind !== 'missing') return <Failure error={error} />;
  return (
    <Alert role="alert" color="orange" title={t('full.title')}>
      {t('full.text')}
    </Alert>
  );
};
