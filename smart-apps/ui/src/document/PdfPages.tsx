// PdfPages: the pages of a PDF, one below the other, with their number and two buttons for their size.

import { useEffect, useState } from 'react';
import { ActionIcon, Group, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { useTranslation } from 'react-i18next';
import { Loading } from '../states/Loading.tsx';
import classes from './document.module.css';
import { openPdf } from './pdf.ts';
import { PdfPage } from './PdfPage.tsx';

export interface PdfPagesProps {
  readonly blob: Blob;
  readonly label: string;
}

/** Times the width of the frame. */
const zooms = [0.5, 0.75, 1, 1.5, 2, 3] as const;

export const PdfPages = ({ blob, label }: PdfPagesProps) => {
  const { t } = useTranslation('ui');
  const [zoom, setZoom] = useState(zooms.indexOf(1));
  const { ref, width } = useElementSize<HTMLDivElement>();
  const pdf = usePdf(blob);
  if (pdf === 'broken') return <Text>{t('document.broken')}</Text>;
  if (pdf === undefined) return <Loading label={t('document.loading')} />;
  const count = pdf.numPages;
  return (
    <>
      <Group>
        <Text size="sm">{t('document.pages', { count })}</Text>
        <ActionIcon
          aria-label={t('document.smaller')}
          disabled={zoom === 0}
          onClick={() => setZoom(zoom - 1)}
        >
          <IconZoomOut aria-hidden />
        </ActionIcon>
        <Text size="sm" role="status">
          {Math.round(zooms[zoom]! * 100)} %
        </Text>
        <ActionIcon
          aria-label={t('document.larger')}
          disabled={zoom === zooms.length - 1}
          onClick={() => setZoom(zoom + 1)}
        >
          <IconZoomIn aria-hidden />
        </ActionIcon>
      </Group>
      <div className={classes.pages} role="document" aria-label={label} tabIndex={0}>
        <div ref={ref} className={classes.measure} />
        {width === 0
          ? null
          : Array.from({ length: count }, (_, index) => (
              <PdfPage
                key={index}
                pdf={pdf}
                number={index + 1}
                width={Math.floor(width * zooms[zoom]!)}
                label={t('document.page', { number: index + 1, count })}
              />
            ))}
      </div>
    </>
  );
};

const usePdf = (blob: Blob): PDFDocumentProxy | 'broken' | undefined => {
  const [pdf, setPdf] = useState<PDFDocumentProxy | 'broken'>();
  useEffect(() => {
    const gone = new AbortController();
    const { signal } = gone;
    const open = async (): Promise<void> => {
      const data = await blob.arrayBuffer();
      signal.throwIfAborted();
      const task = openPdf(data);
      signal.addEventListener('abort', task.close);
      const opened = await task.opened;
      signal.throwIfAborted();
      setPdf(opened);
    };
    open().catch(() => {
      if (!signal.aborted) setPdf('broken');
    });
    return () => gone.abort();
  }, [blob]);
  return pdf;
};
