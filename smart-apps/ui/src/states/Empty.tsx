// Empty: there is nothing, why, and what one could do.

import { Notice, type NoticeProps } from './Notice.tsx';

export const Empty = (props: Omit<NoticeProps, 'tone'>) => <Notice {...props} />;
