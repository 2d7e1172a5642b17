import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { createBridge } from './ipc/bridge';
import { fromArguments } from './ipc/bridge-shape';

contextBridge.exposeInMainWorld('nuvem', createBridge(fromArguments(process.argv), ipcRenderer));
// Only here are the paths known of files that the user drops onto the window.
contextBridge.exposeInMainWorld('nuvemFiles', { pathOf: (file: File) => webUtils.getPathForFile(file) });
