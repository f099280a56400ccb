// DocumentViewer: a document on the page: PDF, picture or text; anything else can be saved. Saving is always possible.

import { lazy, Suspense } from 'react';
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { Attachment, DocumentReference } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/useFormat.ts';
import { Empty } from '../states/Empty.tsx';
import { Failure } from '../states/Failure.tsx';
import { Loading } from '../states/Loading.tsx';
import { attachmentOf, fileNameOf, mostShown, showingOf, type Showing } from './attachment.ts';
import { ImagePage } from './ImagePage.tsx';
import { saveAs } from './save.ts';
import { TextPage } from './TextPage.tsx';
import { useAttachment } from './useAttachment.ts';

const PdfPages = lazy(async () => ({ default: (await import('./PdfPages.tsx')).PdfPages }));

export interface DocumentViewerProps {
  readonly documentReference: DocumentReference;
}

export const DocumentViewer = ({ documentReference }: DocumentViewerProps) => {
  const { t } = useTranslation('ui');
  const format = useFormat();
  const attachment = attachmentOf(documentReference);
  const label =
    documentReference.description ??
    attachment?.title ??
    (format.concept(documentReference.type) || t('document.document'));
  if (attachment === undefined) return <Empty title={t('document.nothing')} />;
  return <Attached attachment={attachment} label={label} />;
};

const Attached = ({
  attachment,
  label,
}: {
  readonly attachment: Attachment;
  readonly label: string;
}) => {
  const { t } = useTranslation('ui');
  const showing = showingOf(attachment.contentType);
  const isTooLarge = (attachment.size ?? 0) > mostShown;
  const loads = showing !== 'none' && !isTooLarge;
  const { data, error, isFetching, refetch } = useAttachment(attachment, loads ? 'now' : 'later');
  const save = async (): Promise<void> => {
    const loaded = data ?? (await refetch()).data;
    if (loaded !== undefined) saveAs(loaded.blob, fileNameOf(attachment, label));
  };

  return (
    <Stack component="section" aria-label={label}>
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {isTooLarge
            ? t('document.tooLarge')
            : showing === 'none'
              ? t('document.notShown')
              : label}
        </Text>
        <Button
          variant="default"
          leftSection={<IconDownload size={18} aria-hidden />}
          loading={isFetching && !loads}
          onClick={() => void save()}
        >
          {t('document.save')}
        </Button>
      </Group>
      {data?.digest === 'mismatch' ? (
        <Alert role="alert" color="red" title={t('document.changed')}>
          {t('document.changedText')}
        </Alert>
      ) : null}
      <Failure error={error} again={() => void refetch()} />
      {loads && isFetching && data === undefined ? <Loading label={t('document.loading')} /> : null}
      {loads && data !== undefined ? (
        <Shown showing={showing} blob={data.blob} label={label} />
      ) : null}
    </Stack>
  );
};

export interface ShownProps {
  readonly blob: Blob;
  readonly label: string;
}

const Shown = ({ showing, blob, label }: ShownProps & { readonly showing: Showing }) => {
  if (showing === 'image') return <ImagePage blob={blob} label={label} />;
  if (showing === 'text') return <TextPage blob={blob} label={label} />;
  return (
    <Suspense fallback={<Loading />}>
      <PdfPages blob={blob} label={label} />
    </Suspense>
  );
};
