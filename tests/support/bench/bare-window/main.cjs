// The least that an Electron app can be: one window with one button, in Nuvem's own window settings.
const { app, BrowserWindow } = require('electron');

app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false },
  });
  window.loadURL('data:text/html,<!doctype html><title>Bare</title><button>New machine</button>');
});
