import type { catalogues } from '../../shared/i18n/catalogues';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    resources: (typeof catalogues)['en'];
  }
}
