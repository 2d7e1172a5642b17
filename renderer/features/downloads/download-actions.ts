import { type Download, type DownloadId, isUnderway } from '../../../shared/model/download';
import { nuvem } from '../../api/nuvem';
import { showFailure } from '../../stores/notices-store';

export const pauseDownload = (downloadId: DownloadId) =>
  nuvem.downloads.pause({ downloadId }).catch(showFailure);
/** Goes on with one that was paused or cut off; one that failed begins again. */
export const resumeDownload = (downloadId: DownloadId) =>
  nuvem.downloads.resume({ downloadId }).catch(showFailure);
export const removeDownload = (downloadId: DownloadId) =>
  nuvem.downloads.remove({ downloadId }).catch(showFailure);
export const openDownload = (downloadId: DownloadId) =>
  nuvem.downloads.open({ downloadId }).catch(showFailure);
export const showDownloadInFolder = (downloadId: DownloadId) =>
  nuvem.downloads.showInFolder({ downloadId }).catch(showFailure);
/** Takes all off the list that are over. */
export function clearDownloads(downloads: readonly Download[]): void {
  for (const download of downloads) if (!isUnderway(download)) void removeDownload(download.id);
}
