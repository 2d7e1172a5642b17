import { type NativeImage, nativeImage } from 'electron';
import type { TrayMark } from './tray-summary';

const drawings = import.meta.glob<string>('../../build/icons/tray*.png', {
  query: '?inline',
  import: 'default',
  eager: true,
});

/** The tray's icon with a mark, in the sizes of this platform; on macOS a template, which the system colours. */
export function trayIcon(mark: TrayMark): NativeImage {
  const name = mark === 'none' ? 'tray' : `tray-${mark}`;
  if (process.platform === 'darwin') {
    const icon = fromSizes(`${name}-template-16`, `${name}-template-32`);
    icon.setTemplateImage(true);
    return icon;
  }
  return process.platform === 'win32'
    ? fromSizes(`${name}-16`, `${name}-32`)
    : fromSizes(`${name}-24`, `${name}-48`);
}

function fromSizes(normal: string, doubled: string): NativeImage {
  const icon = nativeImage.createEmpty();
  icon.addRepresentation({ scaleFactor: 1, dataURL: drawing(normal) });
  icon.addRepresentation({ scaleFactor: 2, dataURL: drawing(doubled) });
  return icon;
}

function drawing(name: string): string {
  const dataUrl = drawings[`../../build/icons/${name}.png`];
  if (dataUrl === undefined) throw new Error(`build/icons has no ${name}.png: run build/icons/render.ts`);
  return dataUrl;
}
