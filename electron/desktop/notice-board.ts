import { isDeepStrictEqual } from 'node:util';
import type { Notice, NoticeCode } from '../../shared/model/app';

/** Kept for a window that opens late; older ones would not be news any more. */
const keptNotices = 50;

/** What the user should know, until they dismiss it. */
export class NoticeBoard {
  #notices: readonly Notice[] = [];

  constructor(
    private readonly newId: () => string,
    private readonly onPosted: (notice: Notice) => void,
  ) {}

  /** Posts a notice, unless the same one is still there. */
  post(level: Notice['level'], code: NoticeCode, params: Notice['params'] = {}): void {
    if (this.#notices.some((notice) => notice.code === code && isDeepStrictEqual(notice.params, params)))
      return;
    const notice: Notice = { noticeId: this.newId(), level, code, params };
    this.#notices = [...this.#notices.slice(-(keptNotices - 1)), notice];
    this.onPosted(notice);
  }

  list(): readonly Notice[] {
    return this.#notices;
  }

  dismiss(noticeId: string): void {
    this.#notices = this.#notices.filter((notice) => notice.noticeId !== noticeId);
  }
}
