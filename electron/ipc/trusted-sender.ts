/** What is looked at of Electron's `IpcMainInvokeEvent` before anything in the message is believed. */
export interface InvokeEvent {
  readonly sender: { readonly id: number };
  readonly senderFrame: { readonly origin: string; readonly parent: unknown } | null;
}

/**
 * True only for the main frame of our own window at the app's exact origin: not a notebook page, not a frame
 * inside the window, not a frame that is gone.
 */
export function isTrustedSender(event: InvokeEvent, ownWindowId: number | null, appOrigin: string): boolean {
  return (
    ownWindowId !== null &&
    event.sender.id === ownWindowId &&
    event.senderFrame !== null &&
    event.senderFrame.parent === null &&
    event.senderFrame.origin === appOrigin
  );
}
