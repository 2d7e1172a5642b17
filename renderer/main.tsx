import './styles/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { followMenu } from './features/actions/follow-menu';
import { startI18n } from './i18n/i18n';
import { followAll } from './stores/follow-all';
import { settingsStore } from './stores/settings-store';

followMenu();
await followAll();
await startI18n(settingsStore.getState().language);

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(<App />);
