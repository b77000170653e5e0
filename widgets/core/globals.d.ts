/** A style sheet's text, minified by the build. */
declare module "*.css" {
  const text: string;
  export default text;
}

/** What the build fills in: the file that the bar stands in, and the name of `mount` there. */
declare const CORE_FILE: string;
declare const MOUNT: string;
