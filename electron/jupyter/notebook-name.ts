/** A notebook by its name, whatever its server has. */
export const isNotebookName = (path: string): boolean => /\.ipynb$/i.test(path);
