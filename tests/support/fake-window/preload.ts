import { FakeMain } from '../fake-main';

declare global {
  interface Window {
    fakeMain: FakeMain;
  }
}

const fakeMain = new FakeMain();
Object.assign(window, { fakeMain, nuvem: fakeMain.bridge });
