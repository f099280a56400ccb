// PdfPage: one page of a PDF, drawn once it comes near to what is seen, with its words over it.

import { useEffect, useRef, useState } from 'react';
import { TextLayer, type PDFDocumentProxy } from 'pdfjs-dist';
import classes from './document.module.css';

export interface PdfPageProps {
  readonly pdf: PDFDocumentProxy;
  readonly number: number;
  /** In CSS pixels. */
  readonly width: number;
  readonly label: string;
}

/** As high as a sheet of A4 until it is known. */
const unknownRatio = Math.SQRT2;

export const PdfPage = ({ pdf, number, width, label }: PdfPageProps) => {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const words = useRef<HTMLDivElement>(null);
  const [ratio, setRatio] = useState(unknownRatio);
  const isNear = useNear(box);

  useEffect(() => {
    if (!isNear) return;
    const drawing = draw({
      pdf,
      number,
      width,
      canvas: canvas.current!,
      words: words.current!,
      setRatio,
    });
    return () => drawing.stop();
  }, [isNear, pdf, number, width]);

  return (
    <div
      ref={box}
      role="group"
      aria-label={label}
      className={classes.page}
      style={{ width, height: Math.floor(width * ratio) }}
    >
      <canvas ref={canvas} aria-hidden />
      <div ref={words} className={classes.words} />
    </div>
  );
};

interface Drawing extends Omit<PdfPageProps, 'label'> {
  readonly canvas: HTMLCanvasElement;
  readonly words: HTMLDivElement;
  readonly setRatio: (ratio: number) => void;
}

const draw = (drawing: Drawing): { readonly stop: () => void } => {
  let stop = (): void => undefined;
  let isStopped = false;
  const run = async (): Promise<void> => {
    const { pdf, number, width, canvas, words, setRatio } = drawing;
    const page = await pdf.getPage(number);
    if (isStopped) return;
    const plain = page.getViewport({ scale: 1 });
    const scale = width / plain.width;
    const sharp = page.getViewport({ scale: scale * Math.min(globalThis.devicePixelRatio, 2) });
    setRatio(plain.height / plain.width);
    canvas.width = sharp.width;
    canvas.height = sharp.height;
    const task = page.render({ canvas, viewport: sharp });
    stop = () => task.cancel();
    await task.promise;
    words.replaceChildren();
    words.style.setProperty('--total-scale-factor', String(scale));
    const viewport = page.getViewport({ scale });
    await new TextLayer({
      textContentSource: page.streamTextContent(),
      container: words,
      viewport,
    }).render();
  };
  // Being stopped, because the page has another size now, is no fault.
  void run().catch(() => undefined);
  return {
    stop: () => {
      isStopped = true;
      stop();
    },
  };
};

/** Once near it stays so: what was drawn is not thrown away. */
const useNear = (box: React.RefObject<HTMLDivElement | null>): boolean => {
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setNear(true);
      },
      { rootMargin: '600px' },
    );
    observer.observe(box.current!);
    return () => observer.disconnect();
  }, [box]);
  return isNear;
};
