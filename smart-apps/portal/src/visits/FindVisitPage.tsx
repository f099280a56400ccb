// FindVisitPage: looks for a visit: what, with whom, where and when, and the times that are free.

import { Alert, Anchor, Button, Stack, Text } from '@mantine/core';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Empty } from '@meridian/ui/states/Empty.tsx';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { ForWhom } from './ForWhom.tsx';
import { useHold } from './hooks.ts';
import { HeldVisits } from './HeldVisits.tsx';
import { momentFrom } from './times.ts';
import { TimesToChoose } from './TimesToChoose.tsx';
import { useDirectory, useWanted } from './useDirectory.ts';
import { WantedForm } from './WantedForm.tsx';

export const FindVisitPage = () => {
  const { t } = useTranslation('visits');
  const [wanted, want, clear] = useWanted();
  const { choices, asked, isEmpty, error, again } = useDirectory(wanted);
  const holding = useHold();
  return (
    <>
      <PageTitle>{t('find.title')}</PageTitle>
      <Stack>
        <Text>
          {t('find.for')} <ForWhom />
        </Text>
        <HeldVisits />
        <WantedForm wanted={wanted} want={want} choices={choices} />
        <Failure error={error} again={again} />
        {isEmpty ? (
          <Empty
            title={t('find.nobody')}
            text={t('find.nobodyText')}
            action={{ label: t('find.anybody'), run: clear }}
          />
        ) : (
          <TimesToChoose
            asked={asked}
            from={momentFrom(wanted.from)}
            {...holding}
            none={<NoTimes clear={clear} />}
          />
        )}
        <Text>
          {t('wait.lead')}{' '}
          <Anchor component={Link} href="/visits/wait">
            {t('wait.title')}
          </Anchor>
        </Text>
      </Stack>
    </>
  );
};

const NoTimes = ({ clear }: { readonly clear: () => void }) => {
  const { t } = useTranslation('visits');
  return (
    <Alert color="gray" title={t('find.none')}>
      <Stack align="flex-start">
        {t('find.noneText')}
        <Button variant="default" onClick={clear}>
          {t('find.anybody')}
        </Button>
      </Stack>
    </Alert>
  );
};
