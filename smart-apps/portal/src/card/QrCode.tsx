// QrCode: a health card as a picture of squares, drawn here; its maker is loaded when the first one is shown.

import { Paper } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Loading } from '@meridian/ui/states/Loading.tsx';
import { digitsOf } from './health-card.ts';

export interface QrCodeProps {
  readonly jws: string;
  /** What it shows, for who does not see it. */
  readonly label: string;
}

export const QrCode = ({ jws, label }: QrCodeProps) => {
  const { data, error, refetch } = useQuery({
    queryKey: ['QrCode', jws],
    queryFn: () => squaresOf(jws),
    staleTime: Infinity,
  });
  if (error !== null) return <Failure error={error} again={() => void refetch()} />;
  if (data === undefined) return <Loading />;
  const side = data.size + 2 * quiet;
  return (
    // Scanners want dark on white, whatever the colours of the page.
    <Paper bg="white" p={0} maw={360} w="100%" radius="md">
      <svg
        role="img"
        aria-label={label}
        viewBox={`0 0 ${String(side)} ${String(side)}`}
        width="100%"
        shapeRendering="crispEdges"
        style={{ display: 'block' }}
      >
        <path d={data.path} fill="black" />
      </svg>
    </Paper>
  );
};

/** "4X wide on all sides." ISO/IEC 18004, 6.3.8 */
const quiet = 4;

/** One part of bytes and one of digits, as the specification asks. */
const squaresOf = async (
  jws: string,
): Promise<{ readonly size: number; readonly path: string }> => {
  const { default: qrcode } = await import('qrcode');
  const { modules } = qrcode.create(
    [
      { data: new TextEncoder().encode('shc:/'), mode: 'byte' },
      { data: digitsOf(jws), mode: 'numeric' },
    ],
    { errorCorrectionLevel: 'L' },
  );
  const { size } = modules;
  const dark: string[] = [];
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column < size; column += 1)
      if (modules.get(row, column))
        dark.push(`M${String(column + quiet)} ${String(row + quiet)}h1v1h-1z`);
  return { size, path: dark.join('') };
};
