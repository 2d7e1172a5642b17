/** Vite: the file's content as a `data:` URL. */
declare module '*.png?inline' {
  const dataUrl: string;
  export default dataUrl;
}
