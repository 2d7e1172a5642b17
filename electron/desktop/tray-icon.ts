import { type NativeImage, nativeImage } from 'electron';
import tray16 from '../../build/icons/tray-16.png?inline';
import tray24 from '../../build/icons/tray-24.png?inline';
import tray32 from '../../build/icons/tray-32.png?inline';
import tray48 from '../../build/icons/tray-48.png?inline';
import trayTemplate16 from '../../build/icons/tray-template-16.png?inline';
import trayTemplate32 from '../../build/icons/tray-template-32.png?inline';

/** The tray's icon in the sizes of this platform; on macOS a template, which the system colours. */
export function trayIcon(): NativeImage {
  if (process.platform === 'darwin') {
    const icon = fromSizes(trayTemplate16, trayTemplate32);
    icon.setTemplateImage(true);
    return icon;
  }
  return process.platform === 'win32' ? fromSizes(tray16, tray32) : fromSizes(tray24, tray48);
}

function fromSizes(normal: string, doubled: string): NativeImage {
  const icon = nativeImage.createEmpty();
  icon.addRepresentation({ scaleFactor: 1, dataURL: normal });
  icon.addRepresentation({ scaleFactor: 2, dataURL: doubled });
  return icon;
}
