// DocumentPage: one document with what is known of it. An own one can be removed.

import { CodedValue } from '@meridian/ui/coded/CodedValue.tsx';
import { DocumentViewer } from '@meridian/ui/document/DocumentViewer.tsx';
import { useRead } from '@meridian/ui/fhir/hooks.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import type { PageProps } from '@meridian/ui/shell/Pages.tsx';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Loading } from '@meridian/ui/states/Loading.tsx';
import { Group, Stack, Text } from '@mantine/core';
import type { DocumentReference } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { BackLink } from '../record/details/BackLink.tsx';
import { WrittenBy } from '../record/details/WrittenBy.tsx';
import { RemoveDocument } from './RemoveDocument.tsx';
import { titleOf } from './title.ts';

export const DocumentPage = ({ params: { id = '' } }: PageProps) => {
  const { t } = useTranslation('documents');
  const format = useFormat();
  const { user } = useSession();
  const { data, isLoading, error, refetch } = useRead<DocumentReference>('DocumentReference', id);
  const title = data && (titleOf(data) ?? format.concept(data.type));
  const isOwn = data?.author?.some(({ reference }) => reference === user) ?? false;
  return (
    <>
      <BackLink to="/documents" label={t('back')} />
      <PageTitle>{title || t('document')}</PageTitle>
      {isLoading ? <Loading /> : null}
      <Failure error={error} again={() => void refetch()} />
      {data === undefined ? null : (
        <Stack>
          <Group gap="xs">
            <CodedValue concept={data.type} />
            <Text size="sm" c="dimmed">
              {[
                data.custodian?.display ?? data.author?.[0]?.display,
                format.dateTime(data.context?.period?.start ?? data.date),
              ]
                .filter(Boolean)
                .join(' · ')}
            </Text>
          </Group>
          <DocumentViewer documentReference={data} />
          <WrittenBy target={`DocumentReference/${id}`} />
          {isOwn ? <RemoveDocument id={id} /> : null}
        </Stack>
      )}
    </>
  );
};
