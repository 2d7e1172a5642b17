import { contextBridge, ipcRenderer } from 'electron';
import { createBridge } from './ipc/bridge';
import { fromArguments } from './ipc/bridge-shape';

contextBridge.exposeInMainWorld('nuvem', createBridge(fromArguments(process.argv), ipcRenderer));
