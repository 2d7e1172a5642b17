import { completePlan } from '../complete-plan';
import type { FileSource } from '../import-sources';
import { isNuvemFile, readNuvemDocument } from './nuvem-document';
import { readNuvemEntries } from './nuvem-entries';

/** Nuvem's own YAML and JSON. */
export const nuvemFile: FileSource = {
  recognises: isNuvemFile,
  read: (text, path) => {
    const { candidates, remarks, ...settings } = readNuvemEntries(readNuvemDocument(text, path));
    return completePlan({ kind: 'nuvem', location: path }, candidates, remarks, settings);
  },
};
