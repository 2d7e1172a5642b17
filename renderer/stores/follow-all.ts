import { followAlarms } from './alarms-store';
import { askForTray, loadAppInfo } from './app-info-store';
import { followAwsAccounts } from './aws-accounts-store';
import { followBrowserDoors } from './browser-doors-store';
import { followConnections } from './connections-store';
import { followCosts } from './costs-store';
import { followDemo } from './demo-store';
import { followDiagnosis } from './diagnosis-store';
import { followDownloads } from './downloads-store';
import { followEc2 } from './ec2-store';
import { followEmrNodeFiles } from './emr-node-files-store';
import { followEmrSteps } from './emr-steps-store';
import { followEmr } from './emr-store';
import { followEnvironments } from './environments-store';
import { followOfferedImports } from './follow-offered-imports';
import { followOfferedServers } from './follow-offered-servers';
import { followIdle } from './idle-store';
import { followKernels } from './kernels-store';
import { followLogs } from './logs-store';
import { followMachines } from './machines-store';
import { followMeters } from './meters-store';
import { followNotebooks } from './notebooks-store';
import { followNotices, showFailure } from './notices-store';
import { followOpenedNotebooks } from './opened-notebooks-store';
import { followPrompts } from './prompts-store';
import { followRecentMachines } from './recent-machines-store';
import { followRecipes } from './recipes-store';
import { followReconnecting } from './reconnecting-store';
import { followS3Transfers } from './s3-transfers-store';
import { followSettings } from './settings-store';
import { followSlurm } from './slurm-store';
import { followTabs } from './tabs-store';
import { followTunnels } from './tunnels-store';
import { followUnits } from './units-store';
import { followUpdates } from './updates-store';
import { followWebApps } from './web-apps-store';

/** Starts feeding every store. Resolves when each has its first snapshot or has shown why it has none. */
export async function followAll(): Promise<void> {
  askForTray();
  followLogs();
  followOfferedImports();
  followOfferedServers();
  followPrompts();
  const starts = [
    loadAppInfo,
    followAlarms,
    followAwsAccounts,
    followBrowserDoors,
    followConnections,
    followCosts,
    followDemo,
    followDiagnosis,
    followDownloads,
    followIdle,
    followEc2,
    followEmr,
    followEmrNodeFiles,
    followEmrSteps,
    followKernels,
    followEnvironments,
    followMachines,
    followMeters,
    followNotebooks,
    followNotices,
    followOpenedNotebooks,
    followRecentMachines,
    followRecipes,
    followReconnecting,
    followS3Transfers,
    followSettings,
    followSlurm,
    followTabs,
    followTunnels,
    followUnits,
    followUpdates,
    followWebApps,
  ];
  await Promise.all(starts.map((start) => start().catch(showFailure)));
}
