import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import styles from './dialog.module.css';

interface DialogProps {
  readonly title: string;
  /** Called for Escape and nothing else: the parent then stops rendering the dialog. */
  readonly onCancel: () => void;
  readonly role?: 'dialog' | 'alertdialog';
  readonly width?: 'narrow' | 'wide' | 'full';
  /** The scrolling middle. */
  readonly children: ReactNode;
  /** The row of buttons, the one to press last. */
  readonly buttons: ReactNode;
  /** Makes the dialog a form. */
  readonly onSubmit?: () => void;
}

/** A modal dialog for as long as it is rendered; focus goes back to where it was. */
export function Dialog({
  title,
  onCancel,
  role = 'dialog',
  width = 'narrow',
  children,
  buttons,
  onSubmit,
}: DialogProps) {
  const content = (
    <>
      <div className={styles.body}>{children}</div>
      <div className={styles.buttons}>{buttons}</div>
    </>
  );
  return (
    <ModalOverlay isOpen onOpenChange={(isOpen) => !isOpen && onCancel()} className={styles.overlay ?? ''}>
      <Modal className={`${styles.modal} ${styles[width]}`}>
        <AriaDialog role={role} className={styles.dialog ?? ''}>
          <Heading slot="title" className={styles.title ?? ''}>
            {title}
          </Heading>
          {onSubmit ? (
            <form
              noValidate
              className={styles.form}
              onSubmit={(event) => {
                event.preventDefault();
                onSubmit();
              }}
            >
              {content}
            </form>
          ) : (
            content
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
