import { h } from './dom.ts';
import { icon } from './icons.ts';

/** What one should know of a request, a line each. */
export interface NoticeList {
  readonly element: HTMLElement;
  readonly render: (notices: readonly string[]) => void;
}

/** @param mark said before each line, for those who do not see the icon */
export function createNoticeList(mark: string): NoticeList {
  const element = h('ul', { class: 'notices', role: 'list' });
  let shown: readonly string[] = [];
  const row = (notice: string) =>
    h('li', {}, icon('warning'), h('span', {}, h('span', { class: 'heard' }, `${mark} `), notice));
  return {
    element,
    render: (notices) => {
      element.hidden = notices.length === 0;
      // Each state brings the same lines; those that are being read stay as they are.
      if (notices.length === shown.length && notices.every((notice, at) => notice === shown[at])) return;
      shown = notices;
      element.replaceChildren(...notices.map(row));
    },
  };
}
