/** The texts that the demo machine brings along, in the user's language at the time it is made. */
export interface DemoTexts {
  readonly machineName: string;
  /** File name of the notebook, without its ending. */
  readonly notebookName: string;
  readonly notebookTitle: string;
  readonly notebookText: string;
}
