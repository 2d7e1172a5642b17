/** Vite: the modules whose paths fit, by path, as they are at build time. */
interface ImportMeta {
  glob<Module>(
    pattern: string,
    options: { readonly query: '?inline'; readonly import: 'default'; readonly eager: true },
  ): Readonly<Record<string, Module>>;
}
