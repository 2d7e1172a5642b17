/** A picture of the user guide that is taken of a scene of the fake window. */
interface ScenePicture {
  /** The file is `docs/guide/images/<language>/<name>.png`. */
  readonly name: string;
  readonly scene: string;
  /**
   * What is cut out of the window: the open dialog, the list of machines, the page beside it down to where it is empty
   * or so many pixels, or a section of that page by its id.
   */
  readonly part:
    | 'window'
    | 'dialog'
    | 'list'
    | 'page'
    | { readonly pageTopPx: number }
    | { readonly section: string };
}

const picture = (name: string, scene: string, part: ScenePicture['part'] = 'window'): ScenePicture => ({
  name,
  scene,
  part,
});

export const scenePictures: readonly ScenePicture[] = [
  picture('welcome', 'welcome'),
  picture('demo', 'demo-preparing', 'page'),
  picture('new-machine', 'editor-new', 'dialog'),
  picture('import', 'import-places', 'dialog'),
  picture('host-key', 'prompt-host-key', 'dialog'),
  picture('machine-list', 'grouped-machines', 'list'),
  picture('opening', 'opening-notebook', { pageTopPx: 350 }),
  picture('home', 'notebook-home', 'page'),
  picture('resources', 'meter', { section: 'meter' }),
  picture('idle', 'idle-policy', 'dialog'),
  picture('web-pages', 'web-apps', { section: 'web-apps' }),
  picture('tunnels', 'tunnels', { section: 'tunnels' }),
  picture('environments', 'environments-found', { section: 'environments' }),
  picture('install', 'recipe-proposed', 'dialog'),
  picture('slurm-job', 'slurm-request', 'dialog'),
  picture('aws-accounts', 'aws-accounts', 'page'),
  picture('clusters', 'clusters', 'page'),
  picture('steps', 'cluster-steps', { pageTopPx: 620 }),
  picture('primary-node', 'cluster-node', 'page'),
  picture('instances', 'instances', 'page'),
  picture('s3', 's3-folder', 'page'),
  picture('metrics', 'metrics', 'page'),
  picture('palette', 'palette-search', 'dialog'),
  picture('settings', 'settings', 'dialog'),
  picture('diagnosis', 'diagnosis-key-refused', 'dialog'),
  picture('host-key-changed', 'failed-host-key-changed', { pageTopPx: 370 }),
  picture('diagnostics', 'diagnostics', 'dialog'),
];

/** Pictures that `tests/e2e/guide.spec.ts` takes of a real JupyterLab on a real machine. */
export const livePictureNames = ['notebook', 'connection-lost'] as const;

export const pictureNames: readonly string[] = [
  ...scenePictures.map(({ name }) => name),
  ...livePictureNames,
];
