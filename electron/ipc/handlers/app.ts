import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { MainActionId } from '../../../shared/model/action';
import type { AppInfo } from '../../../shared/model/app';
import type { NoticeBoard } from '../../desktop/notice-board';

interface AppHandlersDependencies {
  readonly info: () => AppInfo;
  readonly hasTray: () => Promise<boolean>;
  readonly notices: NoticeBoard;
  readonly chooseKeyFile: () => Promise<string | null>;
  readonly diagnostics: () => Promise<string>;
  readonly copyText: (text: string) => void;
  readonly saveText: (text: string) => Promise<boolean>;
  readonly takeOfferedServer: () => string | null;
  readonly act: (action: MainActionId) => void;
  readonly quit: () => void;
}

export function appHandlers(deps: AppHandlersDependencies): HandlersOf<AppContract>['app'] {
  return {
    info: () => deps.info(),
    hasTray: () => deps.hasTray(),
    notices: () => deps.notices.list(),
    dismissNotice: ({ noticeId }) => deps.notices.dismiss(noticeId),
    chooseKeyFile: () => deps.chooseKeyFile(),
    diagnostics: () => deps.diagnostics(),
    copyText: ({ text }) => deps.copyText(text),
    saveText: ({ text }) => deps.saveText(text),
    takeOfferedServer: () => deps.takeOfferedServer(),
    act: ({ action }) => deps.act(action),
    quit: () => deps.quit(),
  };
}
